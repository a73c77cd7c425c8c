"""A verdict where there is room for a letter alone: the letter tells it, not the colour."""

from __future__ import annotations

from adr_lsp.evidence.model import Verdict
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """`tone` names a class of the style sheet: good, doubt, bad, none."""

    letter: str
    tone: str
    meaning: str


LETTERS = {
    Verdict.PASSED: Letter("P", "good", "passed on the present statement, test and code"),
    Verdict.FAILED: Letter("F", "bad", "failed"),
    Verdict.ERROR: Letter("E", "bad", "the test could not tell"),
    Verdict.FLAKY: Letter("L", "bad", "flaky: passed where it failed before"),
    Verdict.KNOWN_VIOLATION: Letter("K", "bad", "known not to hold"),
    Verdict.STALE: Letter("S", "doubt", "stale: something changed since the run"),
    Verdict.VACUOUS: Letter("V", "doubt", "vacuous: the test could not have failed"),
    Verdict.UNSIGNED: Letter("R", "doubt", "only a report says so, without what it rests on"),
    Verdict.SKIPPED: Letter("J", "none", "skipped"),
    Verdict.NOT_RUN: Letter("N", "none", "not run"),
    Verdict.SCAFFOLDED: Letter("C", "none", "scaffolded, not written yet"),
    Verdict.UNVERIFIED: Letter("U", "none", "nothing tests it"),
    Verdict.ARGUED: Letter("A", "none", "argued, not tested"),
    Verdict.WAIVED: Letter("W", "none", "waived for a while"),
}
