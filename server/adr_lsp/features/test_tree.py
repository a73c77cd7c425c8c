"""Records, their invariants and the tests of those, as an editor's view of tests shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adr_lsp.evidence.history import Entry
from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.features.age import age
from adr_lsp.features.verdict_label import verdict_label
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import LinkedTest, Snapshot, Standing, standing, tests_of
from adr_lsp.snapshot.counterexamples import on_line, on_lines
from adr_lsp.snapshot.covered import shifted
from adr_lsp.snapshot.freshness import old_bytes
from adr_lsp.snapshot.judgement import judge
from adr_lsp.snapshot.past import past
from adr_lsp.snapshot.reason import plural, raised
from adr_lsp.snapshot.test_standing import TestStanding, run_id
from adr_lsp.snapshot.tested import covered_by
from adr_lsp.value import dataclass

FAILURES = {
    Outcome.FAILED: "failed",
    Outcome.FLAKY: "failed",
    Outcome.ERROR: "errored",
}
LONGEST = 8000
LONGEST_EXAMPLE = 5000
LONGEST_LINE = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, from 0."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class TreeTest:
    """One test of one invariant.

    `state` is `passed`, `failed`, `errored`, `skipped`, or None where there is nothing to show.
    `failures` are what went wrong, each where a reader looks for it: at the invariant, and at
    the line that failed. `told` is how the last run was recorded; `stale` says what changed since.
    """

    id: str
    label: str
    place: Place
    description: str
    state: str | None
    run: str | None
    told: str
    seconds: float
    failures: tuple[tuple[str, Place], ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreeInvariant:
    """An invariant with its tests. `key` is canonical."""

    key: str
    label: str
    place: Place
    description: str
    tests: tuple[TreeTest, ...]


@dataclass(frozen=True, slots=True)
class TreeRecord:
    key: str
    label: str
    place: Place
    invariants: tuple[TreeInvariant, ...]


def test_tree(snapshot: Snapshot) -> list[TreeRecord]:
    """Every record that holds and promises something; an invariant needs an id to be one."""
    tree = []
    for record in snapshot.log:
        invariants = () if record.status.retired else tuple(_invariants(snapshot, record))
        if invariants:
            key = snapshot.log.key(record)
            place = Place(record.path, record.title_range.start.line)
            tree.append(TreeRecord(key, f"{key} {record.title}".rstrip(), place, invariants))
    return tree


test_tree.__test__ = False  # type: ignore[attr-defined]  # pytest collects no function of this name


def _invariants(snapshot: Snapshot, record: Record) -> Iterator[TreeInvariant]:
    for invariant in record.invariants:
        key = snapshot.log.invariant_key(invariant)
        if key is None:
            continue
        stands = standing(snapshot, record, invariant)
        yield TreeInvariant(
            key,
            f"{invariant.id} {' '.join(invariant.statement.split())}".rstrip(),
            Place(record.path, invariant.range.start.line),
            verdict_label(snapshot, stands),
            tuple(_tests(snapshot, record, invariant, key, stands)),
        )


def _tests(
    snapshot: Snapshot, record: Record, invariant: Invariant, key: str, stands: Standing
) -> Iterator[TreeTest]:
    promised = Place(record.path, invariant.range.start.line)
    linked = {each.id: each for each in tests_of(snapshot, record, invariant)}
    for test in stands.tests:
        meant = linked[test.id]
        entry = _entry(snapshot, meant, test)
        line = meant.test.name_range.start.line if meant.test else 0
        place = Place(test.path, line)
        state = _state(test)
        failed = state in FAILURES.values()
        yield TreeTest(
            id=test.id,
            label=test.name or test.path,
            place=place,
            description=_description(test),
            state=state,
            run=test.run,
            told=_told(snapshot, entry) if entry else "",
            seconds=entry.result.duration if entry else 0.0,
            failures=_failures(snapshot, test, entry, key, promised, place) if failed else (),
            stale=test.stale,
        )


def _state(test: TestStanding) -> str | None:
    """A pass that shows nothing is no pass; a pass of before is still shown, as old."""
    if test.verdict is Verdict.NOT_RUN or test.run is None:
        return None
    if test.outcome in FAILURES:
        return FAILURES[test.outcome]
    earned = test.outcome is Outcome.PASSED and test.vacuous is None
    return "passed" if earned else "skipped"


def _description(test: TestStanding) -> str:
    if test.stale:
        return f"stale: {test.stale[0]}"
    if test.vacuous:
        return f"vacuous: {test.vacuous}"
    if test.verdict in (Verdict.PASSED, Verdict.FAILED):
        return "" if test.cases is None else plural(test.cases, "case")
    return test.verdict


def _told(snapshot: Snapshot, entry: Entry) -> str:
    """`pytest, 2 d ago`."""
    passed = age(entry.run.started, snapshot.now)
    return f"{entry.run.tool}, {passed if passed == 'now' else passed + ' ago'}"


def _failures(
    snapshot: Snapshot,
    test: TestStanding,
    entry: Entry | None,
    key: str,
    promised: Place,
    place: Place,
) -> tuple[tuple[str, Place], ...]:
    message, example = test.message.strip(), _example(test)
    where = (_failed_at(snapshot, entry) if entry else None) or place
    at_invariant = f"{_broken(test, key)}\n\n{example or message or test.outcome}"
    at_test = message if example and example in message else f"{message}\n\n{example}"
    return (
        (at_invariant[:LONGEST], promised),
        ((at_test.strip() or str(test.outcome))[:LONGEST], where),
    )


def _broken(test: TestStanding, key: str) -> str:
    """`minor_units=1 breaks ADR-0001/INV-1`."""
    if test.verdict is Verdict.ERROR:
        return f"error in a test of {key}{': ' + test.error if test.error else ''}"
    shown = on_line(test.counterexample, LONGEST_LINE) if test.counterexample else ""
    error = raised(test.message)
    if error:
        return f"{shown} raises {error}" if shown else error
    return f"{shown} breaks {key}" if shown else f"{key} does not hold"


def _example(test: TestStanding) -> str:
    return on_lines(test.counterexample, LONGEST_EXAMPLE) if test.counterexample else ""


def _failed_at(snapshot: Snapshot, entry: Entry) -> Place | None:
    """Where a result failed, as the file is numbered now; None if that line is gone."""
    if entry.result.location is None:
        return None
    path, line = entry.result.location
    now, digest = snapshot.tree.read(path), entry.run.content.get(path)
    if now is None or digest is None or path in entry.run.changed:
        return None
    if snapshot.tree.digest(path) == digest:
        return Place(path, line - 1)
    old = old_bytes(snapshot, entry.run)(path)
    lines = shifted(old, now, (line,)) if old else ()
    return next((Place(path, each - 1) for each in lines), None)


def _entry(snapshot: Snapshot, linked: LinkedTest, test: TestStanding) -> Entry | None:
    """The result that decided on a test."""
    entries = past(snapshot, linked).entries.get(test.parameter, ())
    return next((entry for entry in entries if run_id(entry) == test.run), None)


def covered_by_test(
    snapshot: Snapshot, record: Record, invariant: Invariant
) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """For each test of an invariant, by its id: the lines (from 1) of the present files that ran
    under the results which count."""
    return {
        linked.id: covered_by(
            snapshot, (each.entry for each in judge(snapshot, record, invariant, linked))
        )
        for linked in tests_of(snapshot, record, invariant)
    }
