"""One `result` line as a `Result`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from adr_lsp.evidence.model import Cases, Counterexample, Outcome, Result
from adr_lsp.evidence.paths import inside
from adr_lsp.text import without_surrogates

RECORDED = {
    outcome.value: outcome
    for outcome in Outcome
    if outcome not in (Outcome.NOT_RUN, Outcome.SCAFFOLDED)
}
FAULTS = ("failed", "error")
MOST_CASES = 10**15


def flat(value: Any) -> str:
    """A text, empty for anything else."""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() else without_surrogates(value)


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, without anything else in it."""
    items = value if isinstance(value, list) else []
    return tuple(without_surrogates(item) for item in items if isinstance(item, str))


def decode_result(line: Mapping[str, Any]) -> Result | None:
    """The result that a line tells; None if it names no test or no outcome."""
    test, parameter = line.get("test"), line.get("parameter")
    outcome = _outcome(line)
    if not isinstance(test, str) or "::" not in test or not inside(test.partition("::")[0]):
        return None
    if outcome is None or not (parameter is None or isinstance(parameter, str)):
        return None
    replayed = line.get("replayed")
    examples = map(_counterexample, replayed) if replayed and isinstance(replayed, list) else ()
    return Result(
        test=test,
        parameter=parameter,
        outcome=outcome,
        duration=_seconds(line.get("duration")),
        message=flat(line.get("message")),
        error=flat(line.get("error")) or None,
        cases=_cases(line.get("cases")),
        counterexample=_counterexample(line.get("counterexample")),
        replayed=tuple(filter(None, examples)),
        location=_location(line.get("location")),
    )


def _outcome(line: Mapping[str, Any]) -> Outcome | None:
    """As written, except that no pass hides a failure of an attempt or of a strict mark."""
    outcome = RECORDED.get(flat(line.get("outcome")))
    attempts = line.get("attempts")
    if outcome is Outcome.PASSED and attempts and set(texts(attempts)) & {*FAULTS}:
        return Outcome.FLAKY
    if outcome is Outcome.XPASSED and line.get("strict") is True:
        return Outcome.FAILED
    return outcome


def _seconds(value: Any) -> float:
    known = isinstance(value, (int, float)) and not isinstance(value, bool)
    try:
        return float(value) if known and math.isfinite(value) else 0.0
    except OverflowError:
        return 0.0


def _count(value: Any) -> int:
    return min(value, MOST_CASES) if type(value) is int and value > 0 else 0


def _cases(value: Any) -> Cases | None:
    if not isinstance(value, dict):
        return None
    phases = value.get("phases")
    return Cases(
        accepted=_count(value.get("accepted")),
        rejected=_count(value.get("rejected")),
        failed=_count(value.get("failed")),
        max_examples=_count(value.get("max_examples")) or None,
        exhausted=value.get("exhausted") is True,
        phases={p: _count(n) for p, n in phases.items()} if isinstance(phases, dict) else {},
    )


def _counterexample(value: Any) -> Counterexample | None:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    seed = value.get("seed")
    return Counterexample(
        flat(value["text"]),
        _values(value.get("values")),
        seed if type(seed) is int else None,
        flat(value.get("path")),
    )


def _values(value: Any) -> dict[str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        return None
    return {flat(name): flat(source) for name, source in value.items()}


def _location(value: Any) -> tuple[str, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    path, line = value
    return (path, line) if inside(path) and type(line) is int and line > 0 else None
