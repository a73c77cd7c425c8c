"""Tests as one regular expression of JavaScript over the full names that a runner gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from adr_lsp.run.tool import Selected

MOST = 40
LONGEST = 8_000
BETWEEN = "(?: > | |::)"
SEED = r"(?: \(with seed=-?\d+\))?"  # @fast-check/vitest adds it

_PIECE = re.compile(
    r"""\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[\s\S])  # an escape
    | \$\{(?:[^{}]|\{[^{}]*\})*\}  # a place of a template
    | \$(?:\#|[A-Za-z_$][\w$]*(?:\.[\w$]+)*)  # a place of test.each
    | %[sdifjoOc\#$%]
    """,
    re.VERBOSE,
)
_SPECIAL = re.compile(r"[\\^$.*+?()\[\]{}|/]")


def pattern(root: Path, tests: Iterable[Selected]) -> str | None:
    """What selects these tests and hardly any other; None where whole files are better run.

    That is where a test has no name, where its title is no text in the file but computed there,
    and where there are many.
    """
    chosen = list(tests)
    if len(chosen) > MOST or not all(test.name and _is_written(root, test) for test in chosen):
        return None
    names = sorted({_name(test.name) for test in chosen})
    made = rf"^\s*(?:{'|'.join(names)}){SEED}$"
    return made if len(made) <= LONGEST else None


def _is_written(root: Path, test: Selected) -> bool:
    """Whether each scope stands in the file between quotation marks."""
    try:
        text = (root / test.path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return all(any(q + each + q in text for q in "'\"`") for each in test.name.split("::"))


def _name(name: str) -> str:
    return BETWEEN.join(_title(title) for title in name.split("::"))


def _title(title: str) -> str:
    """A title as written, whatever a run puts into its places."""
    found, start = "", 0
    for piece in _PIECE.finditer(title):
        found += _escaped(title[start : piece.start()])
        found += r"[\s\S]{0,2}" if piece[0].startswith("\\") else r"[\s\S]*"
        start = piece.end()
    return found + _escaped(title[start:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
