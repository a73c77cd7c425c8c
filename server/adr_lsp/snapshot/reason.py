"""Why an invariant has its verdict, in one short sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from adr_lsp.evidence.model import Counterexample, Outcome, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.model import Snapshot

if TYPE_CHECKING:
    from adr_lsp.snapshot.test_standing import TestStanding

LONGEST = 160
_EXCEPTION = re.compile(r"(?:[A-Za-z_]\w*\.)*(?P<name>[A-Za-z_]\w*(?:Error|Exception))\b(?:: .*)?")
_ASSERTIONS = ("AssertionError", "Error")


def without_tests(snapshot: Snapshot, record: Record, invariant: Invariant) -> tuple[Verdict, str]:
    """The verdict where no test verifies the invariant: waived, argued or unverified."""
    waiver, argument = invariant.waiver, invariant.argument
    if waiver and waiver.until and snapshot.now.date() <= waiver.until:
        return Verdict.WAIVED, _joined(f"until {waiver.until}", waiver.reason)
    if argument and argument.reason:
        return Verdict.ARGUED, f"by construction: {argument.reason}"
    if argument:
        return Verdict.UNVERIFIED, "no test names it, and `By construction` gives no reason"
    if waiver and waiver.until:
        return Verdict.UNVERIFIED, f"no test names it, and its waiver ended on {waiver.until}"
    dead = next(iter((*invariant.verified_by, *record.verified_by)), None)
    if dead is not None:
        name = f"{dead.path}::{dead.name}" if dead.name else dead.path
        name += f"!{dead.operator}" if dead.operator else ""
        return Verdict.UNVERIFIED, f"{name} is not there"
    return Verdict.UNVERIFIED, "no test names it"


def reason_of(worst: TestStanding, tests: Sequence[TestStanding], any_run: bool) -> str:
    """Why the tests of an invariant come to the verdict of the worst of them."""
    if worst.verdict is Verdict.PASSED:
        return _passed(tests)
    if worst.verdict is Verdict.NOT_RUN and not any_run:
        return "no run was read"
    return _REASONS[worst.verdict](worst)


def values(counterexample: Counterexample) -> str:
    """`n=0, fee=1`, or the last steps, on one line."""
    from adr_lsp.snapshot.counterexamples import on_line  # most checks show none

    return on_line(counterexample, LONGEST)


def short(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def said(message: str) -> str:
    """What a message tells, on one line: of pytest's report of a file, the error that ends it."""
    errors = [line[2:] for line in message.splitlines() if line.startswith("E  ")]
    return short(errors[-1] if errors else message)


def raised(message: str) -> str:
    """`ValueError: negative amount`, where a test ended by an exception that is no assertion."""
    found = _EXCEPTION.match(message)
    return short(found[0], LONGEST // 2) if found and found["name"] not in _ASSERTIONS else ""


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _joined(first: str, rest: str) -> str:
    return f"{first}: {rest}" if rest else first


def _plain(name: str) -> str:
    return name.rpartition("::")[2] or name


def _which(test: TestStanding) -> str:
    """The test and, where it has several, the parameter that decided."""
    return f"{_plain(test.name) or test.path}{test.parameter or ''}"


def _passed(tests: Sequence[TestStanding]) -> str:
    parts = [plural(len(tests), "test")] if len(tests) > 1 else []
    cases = [test.cases for test in tests if test.cases is not None]
    if cases:
        every = all(test.exhausted for test in tests if test.cases is not None)
        parts.append(_every(sum(cases)) if every else plural(sum(cases), "case"))
    passed, total = sum(t.passed for t in tests), sum(t.total for t in tests)
    if passed < total:
        parts.append(f"{passed} of {total} parameters")
    return ", ".join(parts) or plural(len(tests), "test")


def _every(count: int) -> str:
    """Of an input space that holds no more."""
    return "the only case" if count == 1 else f"all {count} cases"


def _failed(test: TestStanding) -> str:
    if test.counterexample is None:
        return _joined(_which(test), said(test.message))
    example = _joined(values(test.counterexample), raised(test.message))
    return _joined(_which(test), example) if test.parameter else example


def _error(test: TestStanding) -> str:
    return _joined(test.error or "error", said(test.message))


def _flaky(test: TestStanding) -> str:
    both = f"{_which(test)} failed and passed on the same code"
    return _joined(both, values(test.counterexample) if test.counterexample else "")


def _known(test: TestStanding) -> str:
    if test.outcome is Outcome.XPASSED:
        return f"{_which(test)} is expected to fail, but passed"
    return _joined(f"{_which(test)} is expected to fail", said(test.message))


def _stale(test: TestStanding) -> str:
    more = len(test.stale) - 1
    return test.stale[0] + (f" and {more} more" if more else "")


_REASONS: Mapping[Verdict, Callable[[TestStanding], str]] = {
    Verdict.FAILED: _failed,
    Verdict.ERROR: _error,
    Verdict.FLAKY: _flaky,
    Verdict.KNOWN_VIOLATION: _known,
    Verdict.SCAFFOLDED: lambda test: f"{_which(test)} is still a scaffold",
    Verdict.STALE: _stale,
    Verdict.VACUOUS: lambda test: _joined(_which(test), test.vacuous or ""),
    Verdict.SKIPPED: lambda test: _joined(f"{_which(test)} was skipped", said(test.message)),
    Verdict.NOT_RUN: lambda test: f"{_which(test)} has not run",
    Verdict.UNSIGNED: lambda test: f"{_which(test)} passed in a run that kept no content",
}
