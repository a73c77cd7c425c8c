"""What the tests of an invariant come to together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from adr_lsp.evidence.history import Entry
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.covered import covered_lines
from adr_lsp.snapshot.judgement import ORDER, judge
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.reason import reason_of
from adr_lsp.snapshot.reported import lines_under
from adr_lsp.snapshot.standing import Standing
from adr_lsp.snapshot.test_standing import deciding, standing_of_test
from adr_lsp.snapshot.tests import LinkedTest


def standing_of_tests(
    snapshot: Snapshot, record: Record, invariant: Invariant, linked: tuple[LinkedTest, ...]
) -> Standing:
    """The worst that any of the tests says."""
    judged = [(each, judge(snapshot, record, invariant, each)) for each in linked]
    tests = tuple(standing_of_test(linked, parameters) for linked, parameters in judged)
    worst = min(range(len(tests)), key=lambda n: ORDER[tests[n].verdict])
    entry = deciding(judged[worst][1]).entry
    cases = [test.cases for test in tests if test.cases is not None]
    entries = (each.entry for _, parameters in judged for each in parameters)
    return Standing(
        verdict=tests[worst].verdict,
        reason=reason_of(tests[worst], tests, snapshot.has_results),
        cases=sum(cases) if cases else None,
        counterexample=tests[worst].counterexample,
        tests=tests,
        covered=covered_by(snapshot, entries),
        run=entry.run if entry else None,
        changes=tests[worst].stale,
    )


def covered_by(
    snapshot: Snapshot, entries: Iterable[Entry | None]
) -> Mapping[str, tuple[int, ...]]:
    """The lines (from 1) of the present files that ran under results, by path."""
    lines: dict[str, set[int]] = {}
    for entry in filter(None, entries):
        for told in (covered_lines(snapshot, entry), lines_under(snapshot, entry)):
            for path, numbers in told.items():
                lines.setdefault(path, set()).update(numbers)
    return {path: tuple(sorted(lines[path])) for path in sorted(lines)}
