"""Hypothesis's observations (`.hypothesis/observed/*.jsonl`): one line for each case of a test.

One file holds a day. The runs in it are told apart by their starts: of each test there is one
start, and a test that starts again, or after a pause, starts in another run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from adr_lsp.evidence.model import Cases, Counterexample, Outcome
from adr_lsp.evidence.reports.model import Case, Report, Spot, Unreadable
from adr_lsp.evidence.reports.names import node_of
from adr_lsp.text import without_surrogates
from adr_lsp.value import dataclass

PAUSE = 600.0
LONGEST = 2_000
TYPES = ("test_case", "info", "alert", "error")
AFTER_A_FAILURE = ("shrink", "explain")


@dataclass(slots=True)
class _Execution:
    """The cases of one test in one run."""

    test: str
    started: float
    statuses: Counter[str] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)
    failed: bool = False
    example: str = ""
    reason: str = ""


def read_observed(raw: bytes) -> tuple[Report, ...] | Unreadable:
    """The cases of each test and the counterexamples, run by run. Torn lines are passed over."""
    found: dict[tuple[str, float], _Execution] = {}
    known = 0
    for line in raw.split(b"\n"):
        told = _object(line) if line.strip() else None
        known += told is not None
        if told is not None and told.get("type") == "test_case":
            _take(told, found)
    if not known:
        return Unreadable("it holds no line of Hypothesis's observations", 1)
    return tuple(_report(each) for each in _runs(found.values())) or (Report("hypothesis", None),)


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("type") in TYPES else None


def _take(told: Mapping[str, Any], found: dict[tuple[str, float], _Execution]) -> None:
    test, started, status = told.get("property"), told.get("run_start"), told.get("status")
    if not isinstance(test, str) or not isinstance(started, (int, float)) or "::" not in test:
        return
    execution = found.setdefault((test, started), _Execution(without_surrogates(test), started))
    phase, how = _phase(told.get("metadata")), str(told.get("how_generated", ""))
    again = phase in AFTER_A_FAILURE or "minimal failing" in how
    execution.phases[phase] += 1
    if not again:
        execution.statuses[str(status)] += 1
    if status == "failed":
        execution.failed = True
        if phase != "explain" or not execution.example:
            execution.example = _text(told.get("representation"))
        execution.reason = _text(told.get("status_reason"))


def _phase(metadata: object) -> str:
    phase = metadata.get("phase") if isinstance(metadata, dict) else None
    return phase if isinstance(phase, str) else ""


def _text(value: object) -> str:
    return without_surrogates(value)[:LONGEST] if isinstance(value, str) else ""


def _runs(executions: Iterable[_Execution]) -> Iterator[list[_Execution]]:
    """Parted where a test starts again or nothing started for long."""
    run: dict[str, _Execution] = {}
    last = 0.0
    for each in sorted(executions, key=lambda each: each.started):
        if run and (each.test in run or each.started - last > PAUSE):
            yield list(run.values())
            run = {}
        run[each.test] = each
        last = each.started
    if run:
        yield list(run.values())


def _report(run: Sequence[_Execution]) -> Report:
    return Report("hypothesis", _time(run[0].started), tuple(_case(each) for each in run))


def _case(told: _Execution) -> Case:
    path, names = node_of(told.test)
    phases = {name: count for name, count in told.phases.items() if name}
    statuses = told.statuses
    cases = Cases(
        statuses["passed"], statuses["gave_up"], statuses["failed"], None, exhausted=False,
        phases=phases,
    )  # fmt: skip
    return Case(
        name=names[-1] if names else "",
        classname="",
        file=path,
        suites=(),
        suite=0,
        outcome=Outcome.FAILED if told.failed else Outcome.PASSED,
        message=told.reason if told.failed else "",
        cases=cases,
        counterexample=Counterexample(told.example, None) if told.example else None,
        spots=(Spot("file", path, names),),
    )


def _time(started: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(started, UTC)
    except (ValueError, OverflowError, OSError):
        return None
