"""What a change does to the decisions: the snapshot against its base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.diagnostics import Findings, findings
from adr_lsp.features.finding_key import FindingKey, finding_key
from adr_lsp.features.paired import Pair, paired
from adr_lsp.features.together import apart, together
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, standing, standings
from adr_lsp.snapshot.taken import Taken, taken_numbers
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.features.report import Report


BROKEN = frozenset({"ADL401", "ADL402", "ADL403"})  # failed, error, flaky
# What the configuration says of rules, not of what is read.
MEASURE = ("select", "ignore", "severity", "per_file_ignores", "since", "required_sections")


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that came, went, was renamed or got another status; a side that is missing is None.

    `key` and `path` are those of now, or of then where it is gone.
    """

    key: str
    path: str
    old: Record | None
    new: Record | None


@dataclass(frozen=True, slots=True)
class InvariantChange:
    """An invariant that came, went, was reworded or got another id; `key` as of a record."""

    key: str
    path: str
    old_key: str | None
    old: Invariant | None
    new: Invariant | None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """An invariant that the same runs prove at one side alone; `reason` is that of now."""

    key: str
    path: str
    invariant: Invariant
    old: Verdict
    new: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The denominators of one side."""

    records: int
    invariants: int
    verdicts: Counter[Verdict]
    findings: Counter[Severity]


@dataclass(frozen=True, slots=True)
class Delta:
    """What differs from the base. `lost` passed there and pass no more, `proven` the reverse;
    `new` are findings that were not there, `gone` those that are no more, at their old places."""

    name: str
    before: Counts
    now: Counts
    added_records: tuple[RecordChange, ...]
    removed_records: tuple[RecordChange, ...]
    renamed_records: tuple[RecordChange, ...]
    restatused_records: tuple[RecordChange, ...]
    added: tuple[InvariantChange, ...]
    removed: tuple[InvariantChange, ...]
    reworded: tuple[InvariantChange, ...]
    renamed: tuple[InvariantChange, ...]
    lost: tuple[VerdictChange, ...]
    proven: tuple[VerdictChange, ...]
    taken: tuple[Taken, ...]
    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]


def compared(
    report: Report, paths: Collection[str] | None = None, *, new_only: bool = False
) -> Report:
    """The report with what changed below `paths` since the base; with `new_only` without the
    findings that were there already: all but broken promises, since the runs at hand, which may
    be this change's own, judge both sides. The report itself where it has no base."""
    found = delta(report, paths)
    if found is None:
        return report
    if not new_only:
        return replace(report, delta=found)
    broken = {each for each in report.findings if each.code in BROKEN}
    told = sorted({*found.new, *broken}, key=lambda each: (each.path, each.range, each.code))
    return replace(report, delta=found, findings=tuple(told))


def delta(report: Report, paths: Collection[str] | None = None) -> Delta | None:
    """What differs from the base; None without one."""
    snapshot = report.snapshot
    if snapshot.base is None:
        return None
    base = _by_one_measure(snapshot.base, snapshot)
    pairs = [pair for pair in paired(base, snapshot) if within(pair.path, paths)]
    both = [(pair.old, pair.new) for pair in pairs if pair.old and pair.new]
    invariants = _invariants(base, snapshot, pairs)
    verdicts = tuple(_verdicts(base, snapshot, pairs))
    old = findings(base)
    then = tuple(each for each in old.told if within(each.path, paths))
    keyed = _keyed(snapshot, report.findings), _keyed_then(base, then, pairs)
    all_now = (*report.findings, *_untold(report))
    all_then = (*old.told, *_untold(old))
    return Delta(
        name=snapshot.base_name,
        before=_counts(base, [p.old for p in pairs if p.old], then),
        now=_counts(snapshot, [p.new for p in pairs if p.new], report.findings),
        added_records=_records(base, snapshot, (p for p in pairs if p.old is None)),
        removed_records=_records(base, snapshot, (p for p in pairs if p.new is None)),
        renamed_records=_records(
            base, snapshot, (Pair(old, new) for old, new in both if old.path != new.path)
        ),
        restatused_records=_records(
            base, snapshot, (Pair(old, new) for old, new in both if _restatused(old, new))
        ),
        added=tuple(each for each in invariants if each.old is None),
        removed=tuple(each for each in invariants if each.new is None),
        reworded=tuple(each for each in invariants if _reworded(each)),
        renamed=tuple(each for each in invariants if each.old_key not in (None, each.key)),
        lost=tuple(each for each in verdicts if each.old is Verdict.PASSED),
        proven=tuple(each for each in verdicts if each.new is Verdict.PASSED),
        taken=tuple(t for t in taken_numbers(snapshot) if within(t.record.path, paths)),
        new=_beyond(keyed[0], _keyed_then(base, all_then, pairs)),
        gone=_beyond(keyed[1], _keyed(snapshot, all_now)),
    )


def _by_one_measure(base: Snapshot, present: Snapshot) -> Snapshot:
    """The base as the rules of now judge it: a rule that comes or goes changes no decision."""
    now = {name: getattr(present.config, name) for name in MEASURE}
    config = replace(base.config, **now)
    return base if config == base.config else replace(base, config=config, memo={})


def within(path: str, paths: Collection[str] | None) -> bool:
    """Whether a path is one of some files and folders, or stands in one; None means all."""
    return paths is None or any(
        path == wanted or not wanted or path.startswith(wanted.rstrip("/") + "/")
        for wanted in paths
    )


def _counts(
    snapshot: Snapshot, records: Collection[Record], findings: Collection[Diagnostic]
) -> Counts:
    judged = [at for record in records for _, at in standings(snapshot, record)]
    return Counts(
        len(records),
        len(judged),
        Counter(at.verdict for at in judged),
        Counter(finding.severity for finding in findings),
    )


def _records(base: Snapshot, present: Snapshot, pairs: Iterable[Pair]) -> tuple[RecordChange, ...]:
    return tuple(RecordChange(_key(base, present, p), p.path, p.old, p.new) for p in pairs)


def _key(base: Snapshot, present: Snapshot, pair: Pair) -> str:
    if pair.new:
        return present.log.key(pair.new)
    return base.log.key(pair.old) if pair.old else ""


def _restatused(old: Record, new: Record) -> bool:
    return (old.status, old.status_text.lower()) != (new.status, new.status_text.lower())


def _reworded(change: InvariantChange) -> bool:
    return bool(change.old and change.new and change.old.statement != change.new.statement)


def _invariants(
    base: Snapshot, present: Snapshot, pairs: Iterable[Pair]
) -> tuple[InvariantChange, ...]:
    """What came, went or changed. Where one alone went and one alone came with the same words, it
    has moved."""
    changes = [change for pair in pairs for change in _of_pair(base, present, pair)]
    gone = _single((c.old.statement, c) for c in changes if c.old and c.new is None)
    come = _single((c.new.statement, c) for c in changes if c.new and c.old is None)
    moved = {come[said].key: gone[said] for said in gone.keys() & come.keys() - {""}}
    left = {before.key for before in moved.values()}
    joined = (_joined(change, moved) for change in changes)
    return tuple(change for change in joined if change.new or change.key not in left)


def _single(told: Iterable[tuple[str, InvariantChange]]) -> dict[str, InvariantChange]:
    """The changes by their statement, where no other has the same."""
    every = list(told)
    times = Counter(said for said, _ in every)
    return {said: change for said, change in every if times[said] == 1}


def _joined(change: InvariantChange, moved: dict[str, InvariantChange]) -> InvariantChange:
    before = moved.get(change.key) if change.old is None else None
    return replace(change, old_key=before.key, old=before.old) if before else change


def _of_pair(base: Snapshot, present: Snapshot, pair: Pair) -> Iterator[InvariantChange]:
    """Invariants with an id, by that id; one that is the same on both sides is no change."""
    old, new = _by_id(pair.old), _by_id(pair.new)
    old_record = base.log.key(pair.old) if pair.old else ""
    record = present.log.key(pair.new) if pair.new else old_record
    for id in dict.fromkeys([*new, *old]):
        was, at = old.get(id), new.get(id)
        old_key = f"{old_record}/{id}" if was else None
        key = f"{record if at else old_record}/{id}"
        same_number = bool(pair.old and pair.new and pair.old.key == pair.new.key)
        if was and at and was.statement == at.statement and (same_number or key == old_key):
            continue
        yield InvariantChange(key, pair.path, old_key, was, at)


def _by_id(record: Record | None) -> dict[str, Invariant]:
    found: dict[str, Invariant] = {}
    for invariant in record.invariants if record else ():
        if invariant.id:
            found.setdefault(invariant.id, invariant)
    return found


def _verdicts(base: Snapshot, present: Snapshot, pairs: Iterable[Pair]) -> Iterator[VerdictChange]:
    """Invariants of both sides that one side alone proves."""
    for pair in pairs:
        if pair.old is None or pair.new is None:
            continue
        before, now = _by_id(pair.old), _by_id(pair.new)
        for id in (id for id in now if id in before):
            was = standing(base, pair.old, before[id]).verdict
            at = standing(present, pair.new, now[id])
            if (was is Verdict.PASSED) != (at.verdict is Verdict.PASSED):
                key = f"{present.log.key(pair.new)}/{id}"
                yield VerdictChange(key, pair.path, now[id], was, at.verdict, at.reason)


def _untold(found: Report | Findings) -> Iterator[Diagnostic]:
    """What was found and is not told; it is there all the same."""
    yield from (each.finding for each in found.silenced)
    yield from found.held_back


Keyed = list[tuple[FindingKey, Diagnostic]]


def _keyed(snapshot: Snapshot, found: Iterable[Diagnostic]) -> Keyed:
    return [(finding_key(snapshot, each), each) for each in apart(found)]


def _keyed_then(base: Snapshot, found: Iterable[Diagnostic], pairs: Iterable[Pair]) -> Keyed:
    """The keys of old findings, with renamed records called as they are now."""
    stems = {p.old.path: p.new.stem for p in pairs if p.old and p.new}
    return [
        (replace(key, place=stems.get(each.path, key.place)), each)
        for key, each in _keyed(base, found)
    ]


def _beyond(findings: Keyed, others: Keyed) -> tuple[Diagnostic, ...]:
    """The findings of each key that the other side has no match for: the last ones."""
    left = Counter(key for key, _ in others)
    beyond: list[Diagnostic] = []
    for key, finding in findings:
        if left[key]:
            left[key] -= 1
        else:
            beyond.append(finding)
    return tuple(together(beyond))
