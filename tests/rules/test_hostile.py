"""No text makes a rule raise, or look at a line again and again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.rules.broken_link import linked_file
from adr_lsp.rules.nearest import nearest
from adr_lsp.rules.weak_wording import weak_words
from adr_lsp.snapshot import Snapshot
from rules.case import MemoryTree, snapshot

PATH = "docs/adr/0001-a.md"
PIECES = st.sampled_from(
    [
        *("# 1. A title\n", "\n## Invariants\n\n", "\n## Status\n\n", "Accepted\n", "None\n"),
        *("- **INV-1**: A holds.\n", "- **INV-1** *(bounds, needs: x)*: A is `fast` fast.\n"),
        *("  - Verified by: `tests/a.py::x`\n", "  - Waived until 2020-01-01\n", "- An item\n"),
        *("<!-- adr-lsp: ignore ADL103 -->", "<!-- adr-lsp: ignore-file ADL999 x -->\n", "<!--"),
        *(
            "[a](b.md)",
            "[a](../../../b.md)",
            "[a](<b c.md>)",
            "---\nstatus: {\n---\n",
            "| a | b |\n",
        ),
        *("```\n", "\t", "\r", "\x0c", "\u2028", "\ufeff", "é", "🦀", "\x00", "* * *\n", "> "),
    ]
)


def root(record: str, test: str = "") -> Snapshot:
    tree = MemoryTree({PATH: record.encode(), "tests/a.py": test.encode()})
    return snapshot(tree, {PATH})


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join))
def test_no_text_makes_a_rule_raise(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    whole = root(text, "# Verifies: ADR-0001/INV-1, INV-9\ndef test_x():\n    assert y\n")
    found = diagnostics(whole)
    assert [d for d in found if d.code == "ADL605"] == []
    lines = whole.log.records[PATH].text.line_count
    for each in found:
        assert each.range.start <= each.range.end
        assert each.path != PATH or each.range.end.line < lines
        assert "\n" not in each.message


@pytest.mark.parametrize(
    "text",
    [
        "`" * 200_000,
        "` `` " * 50_000,
        "<!--" * 50_000,
        "](" * 100_000,
        "exit" * 50_000,
        "as " * 60_000,
    ],
    ids=["ticks", "runs of ticks", "comments", "links", "a long word", "phrases"],
)
def test_wording_is_read_once(text: str) -> None:
    assert len(list(weak_words(text))) <= len(text)


def test_a_long_link_names_no_file() -> None:
    (record,) = root("# 1. A title\n").log
    assert linked_file(record, "../" * 300_000 + "a.md") is None


def test_a_long_name_is_like_nothing() -> None:
    assert nearest("a" * 100_000, ["b" * 100_000, "a"]) is None
