"""The counterexample that stands in the text of a failure, as the tools print it."""

from __future__ import annotations

import re

from adr_lsp.evidence.model import Counterexample

MOST_LINES = 60
LONGEST = 2_000
_HYPOTHESIS = re.compile(r"(?:Falsifying example|Failing test case|Falsifying test case): *(?=\S)")
_LINE = re.compile(
    r"^[ \t]*(?:Counterexample|minimal failing input): *(?P<told>\S[^\n]*)$", re.MULTILINE
)


def counterexample_in(text: str) -> Counterexample | None:
    """That of Hypothesis, fast-check or proptest; verbatim, as nobody parses a report's prose."""
    call = _HYPOTHESIS.search(text)
    if call:
        return Counterexample(_call(text[call.end() :]), None)
    line = _LINE.search(text)
    return Counterexample(line["told"].strip()[:LONGEST], None) if line else None


def _call(text: str) -> str:
    """From a call's first line to the line that closes it; a program as far as it stands."""
    lines = text.split("\n")[:MOST_LINES]
    kept = [lines[0].rstrip()]
    if not kept[0].endswith("("):
        return kept[0][:LONGEST]
    for line in lines[1:]:
        kept.append(line.rstrip())
        if line.startswith(")"):
            break
    return "\n".join(kept)[:LONGEST]
