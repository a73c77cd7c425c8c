"""What the evidence says of one test, for one invariant that it verifies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adr_lsp import sources
from adr_lsp.evidence.counting import Counted, counted
from adr_lsp.evidence.history import ALWAYS_COUNT, SESSION, Entry
from adr_lsp.evidence.model import Cases, Counterexample, Outcome, Run, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.freshness import code_changed, code_changes
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.past import past
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.statements import statement_changes
from adr_lsp.snapshot.tests import LinkedTest
from adr_lsp.sources.change import Memo
from adr_lsp.value import dataclass

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

    def code(entry: Entry) -> tuple[str, ...]:
        return code_changes(snapshot, linked, entry)

    def same_code(entry: Entry) -> bool:
        return not code_changed(snapshot, linked, entry)

    def words(entry: Entry) -> tuple[str, ...]:
        return statement_changes(snapshot, entry.run, record, invariant)

    def judged(parameter: str | None, entries: tuple[Entry, ...]) -> Judged:
        signed = tuple(entry for entry in entries if not entry.run.unsigned)
        later = entries[: entries.index(signed[0])] if signed else entries
        if later:
            told = _unsigned(snapshot, invariant, linked, parameter, later)
            if not signed or told.outcome in ALWAYS_COUNT:
                return told
        entries = signed
        found = counted(entries, lambda e: not words(e) and same_code(e), same_code)
        if found is None:
            return Judged(parameter, Verdict.NOT_RUN, Outcome.NOT_RUN)
        if not found.fresh:
            return _stale(parameter, found, (*words(found.entry), *code(found.entry)))
        earned = found.outcome is Outcome.PASSED
        vacuous = _vacuous(snapshot, invariant, linked, found.entry) if earned else None
        return _fresh(parameter, found, vacuous)

    past_of = past(snapshot, linked)
    every = (judged(parameter, past_of.entries[parameter]) for parameter in past_of.parameters)
    return tuple(sorted(every, key=lambda each: ORDER[each.verdict]))


def _stale(parameter: str | None, found: Counted, changes: tuple[str, ...]) -> Judged:
    """A stale failure is still failed; of anything else it is only known that it was so."""
    verdict = AT_ONCE.get(found.outcome, Verdict.STALE)
    return Judged(parameter, verdict, found.outcome, found, changes)


def _unsigned(
    snapshot: Snapshot,
    invariant: Invariant,
    linked: LinkedTest,
    parameter: str | None,
    entries: tuple[Entry, ...],
) -> Judged:
    """Results that rest on nothing known: the worst of the latest; a pass is only unsigned."""
    found = counted(_of_last_session(entries), lambda _: True, lambda _: False)
    assert found is not None  # there are entries
    earned = found.outcome is Outcome.PASSED
    vacuous = _vacuous(snapshot, invariant, linked, found.entry) if earned else None
    judged = _fresh(parameter, found, vacuous)
    return replace(judged, verdict=Verdict.UNSIGNED) if judged.verdict is Verdict.PASSED else judged


def _of_last_session(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Without reports of an earlier run of CI than the latest; each file of one has its say."""
    latest = next((entry.run.started for entry in entries if entry.run.reported), None)
    return tuple(
        entry
        for entry in entries
        if latest is None or not entry.run.reported or latest - entry.run.started <= SESSION
    )


def _fresh(parameter: str | None, found: Counted, vacuous: str | None) -> Judged:
    verdict = AT_ONCE.get(found.outcome) or Verdict(found.outcome.value)
    return Judged(
        parameter, Verdict.VACUOUS if vacuous else verdict, found.outcome, found, vacuous=vacuous
    )


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


def _memo(snapshot: Snapshot, run: Run) -> Memo:
    """What was made of the present bytes of the files of one run: of the latest that was asked
    about, since most tests ran in the same."""
    name, found = snapshot.memo.get(_memo, (None, {}))
    if name != run.file:
        found = {}
        snapshot.memo[_memo] = run.file, found
    kept: Memo = found
    return kept


def _asserts_nothing(
    snapshot: Snapshot, invariant: Invariant, linked: LinkedTest, entry: Entry
) -> str | None:
    if linked.test is None:
        return None
    total = invariant.pattern == "total"
    key = ("vacuity", linked.path, linked.name, total, entry.run.unsigned)
    if key not in snapshot.memo:
        snapshot.memo[key] = sources.vacuity(
            linked.path,
            linked.name,
            snapshot.tree.read,
            entry.run.content or snapshot.tree.paths(),
            pattern=invariant.pattern,
            memo=_memo(snapshot, entry.run),
        )
    found: str | None = snapshot.memo[key]
    return found
