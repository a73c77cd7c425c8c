"""What the report shows, before it has a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from adr_lsp.evidence.model import Outcome, Run, Verdict
from adr_lsp.features.evidence_text import run_line, spans
from adr_lsp.features.report import Judged, judge
from adr_lsp.features.verdict_label import counted
from adr_lsp.pattern import METHODS
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.past import past
from adr_lsp.value import dataclass

LONGEST_HISTORY = 30
NAMED = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """What the tests of an invariant came to in one run."""

    when: datetime
    run: Run
    outcomes: tuple[tuple[str, str], ...]

    @property
    def said(self) -> str:
        """`3 passed, 1 failed: test_it[2]`."""
        counts = Counter(outcome for _, outcome in self.outcomes)
        other = [test for test, outcome in self.outcomes if outcome != Outcome.PASSED]
        more = f" and {len(other) - NAMED} more" if len(other) > NAMED else ""
        named = f": {', '.join(other[:NAMED])}{more}" if other and len(self.outcomes) > 1 else ""
        return ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) + named


@dataclass(frozen=True, slots=True)
class Row:
    """One invariant. `methods` has the worst verdict of its tests of each method."""

    judged: Judged
    key: str
    anchor: str
    methods: Mapping[str, Verdict]
    evidence: str
    run: str
    covered: tuple[tuple[str, str], ...]
    history: tuple[Moment, ...]

    @property
    def verdict(self) -> Verdict:
        return self.judged.standing.verdict


@dataclass(frozen=True, slots=True)
class Chapter:
    """One record with its invariants. `path` is relative to the root."""

    record: Record
    key: str
    anchor: str
    rows: tuple[Row, ...]


def chapters(snapshot: Snapshot) -> tuple[Chapter, ...]:
    """Every record, by path."""
    return tuple(_chapter(snapshot, n, record) for n, record in enumerate(snapshot.log))


def used_methods(every: Iterable[Chapter]) -> tuple[str, ...]:
    """The methods that any test has, weakest first; then the team's own, by name."""
    found = {method for chapter in every for row in chapter.rows for method in row.methods}
    return tuple(m for m in METHODS if m in found) + tuple(sorted(found - set(METHODS)))


def _chapter(snapshot: Snapshot, number: int, record: Record) -> Chapter:
    rows = tuple(
        _row(snapshot, judged, f"i{number}-{index}")
        for index, judged in enumerate(judge(snapshot, record))
    )
    return Chapter(record, snapshot.log.key(record), f"r{number}", rows)


def _row(snapshot: Snapshot, judged: Judged, anchor: str) -> Row:
    at = judged.standing
    key = f"{judged.record_key}/{judged.invariant.id or '?'}"
    methods: dict[str, Verdict] = {}
    order = list(Verdict)
    for test in at.tests:
        worst = min(methods.get(test.method, test.verdict), test.verdict, key=order.index)
        methods[test.method] = worst
    return Row(
        judged=judged,
        key=key,
        anchor=anchor,
        methods=methods,
        evidence=counted(at) if at.tests else "",
        run=run_line(snapshot, at.run) if at.run else "",
        covered=tuple((path, spans(lines)) for path, lines in at.covered.items()),
        history=tuple(_moments(snapshot, judged)),
    )


def _moments(snapshot: Snapshot, judged: Judged) -> Iterator[Moment]:
    """The latest runs that held one of its tests, the latest first."""
    found: dict[str, tuple[Run, dict[str, str]]] = {}
    for test in tests_of(snapshot, judged.record, judged.invariant):
        for parameter, entries in past(snapshot, test).entries.items():
            for entry in entries:
                run, outcomes = found.setdefault(entry.run.file, (entry.run, {}))
                outcomes[f"{test.name}{parameter or ''}"] = entry.result.outcome.value
    latest = sorted(found.values(), key=lambda each: each[0].started, reverse=True)
    for run, outcomes in latest[:LONGEST_HISTORY]:
        yield Moment(run.started, run, tuple(sorted(outcomes.items())))
