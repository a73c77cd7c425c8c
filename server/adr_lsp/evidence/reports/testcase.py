"""What one `testcase` element earns: never more than all of its children together say."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from adr_lsp.evidence.model import Outcome
from adr_lsp.evidence.reports.example import counterexample_in
from adr_lsp.evidence.reports.model import Case
from adr_lsp.evidence.reports.names import Printed, spots
from adr_lsp.value import dataclass

LONGEST_MESSAGE = 2_000
FAILURES, ERRORS = ("failure",), ("error",)
FLAKY = ("flakyFailure", "flakyError")
RERUN = ("rerunFailure", "rerunError")
TOLD = (*FAILURES, *ERRORS, "skipped", *FLAKY, *RERUN)
BY_TYPE = {  # failures that are none of the test's own
    "cancelledByParent": "setup",
    "hookFailed": "setup",
    "testTimeoutFailure": "deadline",
    "test timeout": "deadline",
    "test abort": "crash",
}
BY_WORD = {  # where no child says more
    "failure": frozenset(("failed", "fail", "failure")),
    "error": frozenset(("error", "errored", "broken", "aborted", "crashed", "timeout")),
    "skipped": frozenset(
        ("notrun", "not_run", "not run", "suppressed", "skipped", "skip", "disabled", "ignored")
    ),
}
BY_MESSAGE = (  # as pytest words them
    ("collection failure", "collection"),
    ("collection skipped", "collection"),
    ("failed on teardown", "teardown"),
)
_OF_HYPOTHESIS = re.compile(r"\b(?:FailedHealthCheck|Unsatisfiable|DeadlineExceeded)\b")
_KINDS = {
    "FailedHealthCheck": "health-check",
    "Unsatisfiable": "unsatisfiable",
    "DeadlineExceeded": "deadline",
}


@dataclass(slots=True)
class Told:
    """A child of a testcase that tells how it went."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def type(self) -> str:
        return self.attributes.get("type", "")

    @property
    def message(self) -> str:
        return self.attributes.get("message", "").strip() or self.text.strip()


def case_of(
    attributes: Mapping[str, str],
    told: Sequence[Told],
    suites: tuple[str, ...],
    suite: int,
    tool: str,
) -> Case:
    """The case that an element tells."""
    outcome, decides, error = _outcome(told or _by_word(attributes))
    name, classname = attributes.get("name", ""), attributes.get("classname", "")
    file = attributes.get("file", "") or attributes.get("filepath", "")
    name = html.unescape(name) if tool == "node" else name  # it escapes quotes twice
    failed = outcome in (Outcome.FAILED, Outcome.FLAKY, Outcome.ERROR)
    return Case(
        name=name,
        classname=classname,
        file=file,
        suites=suites,
        suite=suite,
        spots=tuple(spots(Printed(name, classname, file, suites), tool)),
        outcome=outcome,
        message=decides.message[:LONGEST_MESSAGE] if decides else "",
        error=error,
        duration=_seconds(attributes.get("time", "")),
        counterexample=counterexample_in(_all_text(told)) if failed else None,
    )


def _outcome(told: Sequence[Told]) -> tuple[Outcome, Told | None, str | None]:
    """What was skipped (a todo too) never ran to its end, whatever stands beside it."""
    if not told:
        return Outcome.PASSED, None, None
    by_tag = {tag: next((each for each in told if each.tag == tag), None) for tag in TOLD}
    skipped = by_tag["skipped"]
    if skipped:
        known = "xfail" in skipped.type
        return (Outcome.XFAILED if known else Outcome.SKIPPED), _said(skipped), None
    failure, error = by_tag["failure"], by_tag["error"]
    if failure:
        kind = _kind_of_failure(failure)
        return (Outcome.ERROR if kind else Outcome.FAILED), failure, kind
    if error:
        return Outcome.ERROR, error, _kind_of_error(error)
    again = next((by_tag[tag] for tag in (*FLAKY, *RERUN) if by_tag[tag]), None)
    return (Outcome.FLAKY if again else Outcome.PASSED), again, None


def _by_word(attributes: Mapping[str, str]) -> Sequence[Told]:
    """What a tool says by an attribute alone, as GoogleTest does of a test that is disabled."""
    words = {attributes.get(name, "").lower() for name in ("status", "result")}
    tag = next((tag for tag, known in BY_WORD.items() if words & known), None)
    return [Told(tag, {"message": " ".join(sorted(filter(None, words)))})] if tag else []


def _said(skipped: Told) -> Told:
    """A todo says so, whatever its reason."""
    reason = "" if skipped.message == "true" else skipped.message  # node's word for no reason
    if skipped.type == "todo":
        reason = f"todo: {reason}" if reason else "todo"
    return Told(skipped.tag, {"message": reason})


def _kind_of_failure(failure: Told) -> str | None:
    if failure.type in BY_TYPE:
        return BY_TYPE[failure.type]
    found = _OF_HYPOTHESIS.search(f"{failure.type} {failure.message[:200]}")
    return _KINDS[found[0]] if found else None


def _kind_of_error(error: Told) -> str:
    message = error.message[:400]
    if "crashed" in message:
        return "crash"
    kinds = (kind for start, kind in BY_MESSAGE if message.startswith(start))
    return next(kinds, "setup" if message.startswith("failed on setup") else "error")


def _all_text(told: Sequence[Told]) -> str:
    return "\n".join(f"{each.attributes.get('message', '')}\n{each.text}" for each in told)


def _seconds(text: str) -> float:
    try:
        found = float(text.replace(",", "")) if len(text) < 40 else 0.0
    except ValueError:
        return 0.0
    return found if math.isfinite(found) and found > 0 else 0.0
