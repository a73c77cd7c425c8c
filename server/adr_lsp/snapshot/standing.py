"""What the evidence says of one invariant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from adr_lsp.evidence.history import Entry
from adr_lsp.evidence.model import Counterexample, Run, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.covered import covered_lines
from adr_lsp.snapshot.judgement import ORDER, Judged, judge
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.reason import reason_of, without_tests
from adr_lsp.snapshot.test_standing import TestStanding, deciding, standing_of_test
from adr_lsp.snapshot.tests import LinkedTest, tests_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on an invariant with what it rests on.

    `cases` is the sum over its tests, None where none generates any. `run` is that of the result
    which decided, `changes` all that differs from what this run saw. `covered` are lines of the
    present files.
    """

    verdict: Verdict
    reason: str
    cases: int | None = None
    counterexample: Counterexample | None = None
    tests: tuple[TestStanding, ...] = ()
    covered: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    run: Run | None = None
    changes: tuple[str, ...] = ()


def standing(snapshot: Snapshot, record: Record, invariant: Invariant) -> Standing:
    """Where an invariant stands: the worst that any of its tests says."""
    key = ("standing", record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = _standing(snapshot, record, invariant)
    found: Standing = snapshot.memo[key]
    return found


def _standing(snapshot: Snapshot, record: Record, invariant: Invariant) -> Standing:
    linked = tests_of(snapshot, record, invariant)
    if not linked:
        verdict, reason = without_tests(snapshot, record, invariant)
        return Standing(verdict, reason)
    judged = [(each, judge(snapshot, record, invariant, each)) for each in linked]
    return _together(snapshot, judged)


def _together(snapshot: Snapshot, judged: list[tuple[LinkedTest, tuple[Judged, ...]]]) -> Standing:
    tests = tuple(standing_of_test(linked, parameters) for linked, parameters in judged)
    worst = min(range(len(tests)), key=lambda n: ORDER[tests[n].verdict])
    entry = deciding(judged[worst][1]).entry
    cases = [test.cases for test in tests if test.cases is not None]
    entries = (each.entry for _, parameters in judged for each in parameters)
    return Standing(
        verdict=tests[worst].verdict,
        reason=reason_of(tests[worst], tests, bool(snapshot.runs)),
        cases=sum(cases) if cases else None,
        counterexample=tests[worst].counterexample,
        tests=tests,
        covered=_covered(snapshot, entries),
        run=entry.run if entry else None,
        changes=tests[worst].stale,
    )


def _covered(snapshot: Snapshot, entries: Iterable[Entry | None]) -> Mapping[str, tuple[int, ...]]:
    lines: dict[str, set[int]] = {}
    for entry in entries:
        for path, numbers in covered_lines(snapshot, entry).items() if entry else ():
            lines.setdefault(path, set()).update(numbers)
    return {path: tuple(sorted(lines[path])) for path in sorted(lines)}
