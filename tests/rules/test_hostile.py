"""No text makes a rule raise, or look at a line again and again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.features.diagnostics import diagnostics
from adr_lsp.rules import tla_module
from adr_lsp.rules.broken_link import linked_file
from adr_lsp.rules.compound_statement import second_promise
from adr_lsp.rules.nearest import nearest
from adr_lsp.rules.unfalsifiable import unbreakable
from adr_lsp.rules.unquantified_limit import vague_limits
from adr_lsp.rules.weak_wording import weak_words
from adr_lsp.snapshot import Snapshot
from rules.case import MemoryTree, snapshot

PATH = "docs/adr/0001-a.md"
EVERY_RULE = b'select = ["ALL"]\nrequired-sections = ["Context"]\n'
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
        *("Superseded by ADR-0001\n", "Supersedes: ADR-0001/INV-1\n", "Date: 2024-02-31\n"),
        *("- **INV-2**: A may; it must, and no B is bounded. C never aims to.\n", "### INV-3 X\n"),
        *("  - Superseded by: 1\n", "{title of option 1}", "  - Verified by: `tests/a.py!X`\n"),
        *("```\n", "\t", "\r", "\x0c", "\u2028", "\ufeff", "é", "🦀", "\x00", "* * *\n", "> "),
    ]
)


def root(record: str, test: str = "") -> Snapshot:
    files = {PATH: record.encode(), "tests/a.py": test.encode(), "adr-lsp.toml": EVERY_RULE}
    return snapshot(MemoryTree(files), {PATH})


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


LONG = [
    *("`" * 200_000, "` `` " * 50_000, "<!--" * 50_000, "](" * 100_000, "a is b and no " * 20_000),
    *("is commutative and " * 20_000, "and no one " * 30_000, "is " * 100_000, ". " * 100_000),
    *(
        "e.g. " * 50_000,
        "\n- a" * 50_000,
        "a small " * 40_000,
        "bounded " * 40_000,
        "may " * 60_000,
    ),
    *("is kept always " * 30_000, "in a limited amount of " * 20_000, "it must. " * 30_000),
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:12].strip())
def test_a_long_statement_is_read_in_time(text: str) -> None:
    for start, end in vague_limits(text):
        assert 0 <= start < end <= len(text)
    second_promise(text)
    unbreakable(text)


@pytest.mark.parametrize(
    "text",
    [
        *("```\n" * 50_000, "> " * 100_000, "- " * 100_000, "{" * 200_000, "[" * 200_000),
        *("{title of " * 20_000, "[argument a " * 20_000, "<!-- " * 50_000, "1. " * 60_000),
        *("ADR-" * 50_000, "a/" * 100_000, "INV-1 " * 40_000, "A-" * 100_000),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_long_record_is_read_in_time(text: str) -> None:
    whole = root("# 1. A title\n\n## Invariants\n\n- **INV-1**: A holds.\n\n" + text)
    again = replace(whole, base=root("# 1. A title\n\n- **INV-2**: A holds.\n"))
    assert [d for d in diagnostics(again) if d.code == "ADL605"] == []


FORMAL = st.sampled_from(
    [
        *("---- MODULE A ----\n", "EXTENDS A, B\n", "X == Y\n", "X(a, b) == ", "\\* X == 1\n"),
        *("(*", "*)", '"', "\\", "INVARIANT", " X\n", "PROPERTIES\n", "SPECIFICATION Spec\n"),
        *(
            "LOCAL ",
            "THEOREM ",
            "INSTANCE A\n",
            "f[x] == ",
            "====\n",
            "\x00",
            "é",
            "\r\n",
            "\ufeff",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FORMAL, max_size=25).map("".join), st.lists(FORMAL, max_size=25).map("".join))
def test_no_module_or_configuration_makes_a_rule_raise(module: str, listing: str) -> None:
    record = "# 1. A\n\n## Invariants\n\n- **INV-1**: A.\n  - Verified by: `m/A.tla!X`\n"
    files = {PATH: record, "m/A.tla": module, "m/B.tla": listing, "m/A.cfg": listing}
    tree = MemoryTree({path: text.encode() for path, text in files.items()} | {"m/B.cfg": b"\xff"})
    found = diagnostics(snapshot(tree, {PATH}))
    assert [d for d in found if d.code == "ADL605"] == []


@pytest.mark.parametrize(
    "text",
    [
        *("(*" * 100_000, '"' * 100_000, "X(" * 50_000, "X[" * 50_000, " " * 200_000),
        *("X == Y\n" * 30_000, "EXTENDS " * 30_000, "EXTENDS A" + ", A" * 60_000),
        *("INVARIANT " * 30_000, "LOCAL\n" * 40_000, "\\" * 200_000, "X\n" * 80_000),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_long_module_is_read_in_time(text: str) -> None:
    tla_module.module(text)
    tla_module.configuration(text)
