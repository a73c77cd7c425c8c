"""Roots whose names and texts would steer, reorder, hide or inject, if they were printed raw."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from adr_lsp.features.report import Report, report
from evidence.writing import result, run
from rules.case import MemoryTree, snapshot

PIECES = (
    *("\x1b]0;x\x07", "\x1b[2J", "\x9b31m", "\x00", "\x7f", "\x08", "\x0b", "\x0c", "\t", "\x85"),
    *("\r", "\n", "\n::warning::x", "::error file=a::x", "\n ::stop-commands::x", "##[add-path]x"),
    *("\u202e", "\u2066", "\u2028", "\u2029", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u3164"),
    *("\U000e0041", "\U000e0101", "\udc80", "\udcff", "%", "%0A", "%0D::error::x", ":", ",", "::"),
    *("]]>", "`", "**", "[x](1)", "[x](javascript:1)", "{0}", '"', "\\", "'", "<b>", "|", "#"),
    *("a", "word", "é", "🦀", "👩\u200d💻", "می\u200cخواهم", " "),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
NAMES = HOSTILE.map(lambda name: name.replace("/", "").replace("\x00", "")).map(
    lambda name: f"docs/adr/0001-{name}.md"
)

RECORD = """\
# 1. {0}

## Status

{1}

See [it]({2}.md).

## Invariants

- **INV-1** *({3})*: {4}
  - Verified by: `tests/test_a.py::{5}`, [`{6}`](../../tests/test_a.py)
- {7}
- **INV-1**: Usually {8} <!-- adr-lsp: ignore ADL107 {9} -->
- **INV-3**: Usually {9} <!-- adr-lsp: ignore ADL103 {8} -->
"""
TEST = """\
# Verifies: ADR-0001/INV-1, ADR-0001/INV-{0}
def test_a():
    assert a()
"""


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """What a check says of such a root, which has been run."""
    texts = [draw(HOSTILE) for _ in range(10)]
    path = draw(NAMES)
    files = {path: RECORD.format(*texts), "tests/test_a.py": TEST.format(texts[0])}
    tree = MemoryTree({name: _bytes(text) for name, text in files.items()})
    example = {"text": f"test_a({texts[3]})", "values": {"n": texts[4]}}
    said = result(
        "failed",
        "tests/test_a.py::test_a",
        parameter=texts[1],
        message=texts[2],
        counterexample=example,
    )
    return report(snapshot(tree, {path}, (run(said),)))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def steering(output: str) -> set[str]:
    """Characters that control, hide or reorder, but for line ends, tabs and joiners."""
    kept = {"\n", "\t", "\u200c", "\u200d"}
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {c for c in output if unicodedata.category(c) in hidden} - kept


def commands(output: str) -> list[str]:
    """Lines that GitHub Actions would read as commands."""
    lines = output.replace("\r", "\n").split("\n")
    return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
