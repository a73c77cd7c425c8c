"""Several testcases of one name in one suite: what they come to together.

pytest writes each attempt of a test that is run again as a testcase, a pass that came late as two
passes; `go test` writes one for each time. jest-junit writes a todo as a pass that took no time,
and leaves it out of the suite's number of tests alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from adr_lsp.evidence.history import RANK
from adr_lsp.evidence.model import Outcome
from adr_lsp.evidence.reports.model import Case

TODO = "a todo, or a pass that took no time: the report does not tell them apart"
RERUN = "reported more than once in one run: it was run again"
FAULTS = (Outcome.FAILED, Outcome.ERROR, Outcome.FLAKY)


def settled(cases: Sequence[Case], tool: str, counts: Mapping[int, int | None]) -> tuple[Case, ...]:
    """One case of each name and suite. `counts` are the numbers of tests that suites tell."""
    told = _without_todos(cases, counts) if tool in ("jest", "junit") else list(cases)
    together: dict[tuple[int, str, str, str], list[Case]] = {}
    for case in told:
        together.setdefault((case.suite, case.file, case.classname, case.name), []).append(case)
    return tuple(_one(same, tool) for same in together.values())


def _one(same: Sequence[Case], tool: str) -> Case:
    worst = min(same, key=lambda case: RANK[case.outcome])
    if len(same) == 1 or tool == "surefire":
        return worst
    outcomes = {case.outcome for case in same}
    if outcomes & {*FAULTS} and Outcome.PASSED in outcomes:
        return worst if worst.error in ("teardown",) else replace(worst, outcome=Outcome.FLAKY)
    if outcomes == {Outcome.PASSED} and tool == "pytest":
        return replace(worst, outcome=Outcome.FLAKY, message=RERUN)
    return worst


def _without_todos(cases: Sequence[Case], counts: Mapping[int, int | None]) -> list[Case]:
    """Where a suite holds more cases than it counts, a pass without any time may be a todo."""
    held = Counter(case.suite for case in cases)
    over = {suite for suite, count in counts.items() if count is not None and held[suite] > count}
    return [
        replace(case, outcome=Outcome.SKIPPED, message=TODO, doubtful=True)
        if case.suite in over and case.outcome is Outcome.PASSED and not case.duration
        else case
        for case in cases
    ]
