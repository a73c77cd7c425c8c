"""What the evidence says of one test, for one invariant that it verifies."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp import sources
from adr_lsp.evidence.counting import Counted, counted
from adr_lsp.evidence.history import Entry
from adr_lsp.evidence.model import Cases, Counterexample, Outcome, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.freshness import code_changes
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.past import past
from adr_lsp.snapshot.statements import statement_changes
from adr_lsp.snapshot.tests import LinkedTest

ORDER = {verdict: rank for rank, verdict in enumerate(Verdict)}
AT_ONCE = {
    Outcome.FAILED: Verdict.FAILED,
    Outcome.ERROR: Verdict.ERROR,
    Outcome.XFAILED: Verdict.KNOWN_VIOLATION,
    Outcome.XPASSED: Verdict.KNOWN_VIOLATION,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One parameter of a test: its outcome, and what that is worth now."""

    parameter: str | None
    verdict: Verdict
    outcome: Outcome
    counted: Counted | None = None
    stale: tuple[str, ...] = ()
    vacuous: str | None = None

    @property
    def entry(self) -> Entry | None:
        return self.counted.entry if self.counted else None

    @property
    def cases(self) -> Cases | None:
        return self.counted.entry.result.cases if self.counted else None

    @property
    def counterexample(self) -> Counterexample | None:
        return self.counted.counterexample if self.counted else None


def judge(
    snapshot: Snapshot, record: Record, invariant: Invariant, linked: LinkedTest
) -> tuple[Judged, ...]:
    """Every parameter of a test, the worst first; a plain test has one, None."""
    if linked.test is not None and linked.test.scaffold is not None:
        return (Judged(None, Verdict.SCAFFOLDED, Outcome.SCAFFOLDED),)
    found = past(snapshot, linked)
    judged = (
        _judged(snapshot, record, invariant, linked, parameter, found.entries[parameter])
        for parameter in found.parameters
    )
    return tuple(sorted(judged, key=lambda each: ORDER[each.verdict]))


def _judged(
    snapshot: Snapshot,
    record: Record,
    invariant: Invariant,
    linked: LinkedTest,
    parameter: str | None,
    entries: tuple[Entry, ...],
) -> Judged:
    def same_code(entry: Entry) -> bool:
        return not code_changes(snapshot, linked, entry)

    def changes(entry: Entry) -> tuple[str, ...]:
        said = statement_changes(snapshot, entry.run, record, invariant)
        return (*said, *code_changes(snapshot, linked, entry))

    def fresh(entry: Entry) -> bool:
        same_statement = not statement_changes(snapshot, entry.run, record, invariant)
        return same_statement and same_code(entry)

    found = counted(entries, fresh, same_code)
    if found is None:
        return Judged(parameter, Verdict.NOT_RUN, Outcome.NOT_RUN)
    stale = () if found.fresh else changes(found.entry)
    if found.outcome in AT_ONCE:
        return Judged(parameter, AT_ONCE[found.outcome], found.outcome, found, stale)
    if not found.fresh:
        return Judged(parameter, Verdict.STALE, found.outcome, found, stale)
    if found.outcome is not Outcome.PASSED:
        return Judged(parameter, Verdict(found.outcome.value), found.outcome, found)
    vacuous = _vacuous(snapshot, invariant, linked, found.entry)
    verdict = Verdict.VACUOUS if vacuous else Verdict.PASSED
    return Judged(parameter, verdict, found.outcome, found, vacuous=vacuous)


def _vacuous(
    snapshot: Snapshot, invariant: Invariant, linked: LinkedTest, entry: Entry
) -> str | None:
    """Why this pass shows nothing: too few cases, or nothing that could have failed."""
    return _few_cases(entry.result.cases, snapshot.config.min_cases) or _asserts_nothing(
        snapshot, invariant, linked, entry
    )


def _few_cases(cases: Cases | None, least: int) -> str | None:
    if cases is None:
        return None
    if cases.accepted == 0:
        return "every case was discarded" if cases.rejected else "no case ran"
    if cases.accepted < least and not cases.exhausted:
        return f"{plural(cases.accepted, 'case')}, fewer than {least}"
    return None


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _asserts_nothing(
    snapshot: Snapshot, invariant: Invariant, linked: LinkedTest, entry: Entry
) -> str | None:
    if linked.test is None:
        return None
    key = ("vacuity", linked.path, linked.name, invariant.pattern == "total")
    if key not in snapshot.memo:
        snapshot.memo[key] = sources.vacuity(
            linked.path,
            linked.name,
            snapshot.tree.read,
            entry.run.content,
            pattern=invariant.pattern,
        )
    found: str | None = snapshot.memo[key]
    return found
