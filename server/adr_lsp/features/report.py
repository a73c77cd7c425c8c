"""What one check says: findings, every invariant's verdict, and the denominators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from adr_lsp.diagnostic import Diagnostic, Severity, Silenced
from adr_lsp.evidence.model import Ending, Verdict
from adr_lsp.features.diagnostics import findings
from adr_lsp.features.finding_key import FindingKey
from adr_lsp.features.older import older
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, Standing, standings
from adr_lsp.snapshot.needs import Need, need_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.features.delta import Delta


@dataclass(frozen=True, slots=True)
class Judged:
    """One invariant with its verdict. `record_key` is canonical."""

    record: Record
    record_key: str
    invariant: Invariant
    standing: Standing
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check prints, narrowed to the paths that were asked for.

    `runs`, `reports` (of other tools), `cut` and `unreadable` count evidence files of the whole
    root. `silenced` are the findings that are not reported, `held_back` those that wait until the
    root is touched. `dead` are entries of the baseline that match no finding of the whole root.
    `older` counts the records that owe no invariants. `delta` is what changed, where there is a
    base. `exit_code` is how the check will end, once that is known.
    """

    snapshot: Snapshot
    records: tuple[Record, ...]
    invariants: tuple[Judged, ...]
    findings: tuple[Diagnostic, ...]
    runs: int
    cut: int
    unreadable: int
    silenced: tuple[Silenced, ...] = ()
    held_back: tuple[Diagnostic, ...] = ()
    dead: tuple[tuple[FindingKey, int], ...] = ()
    older: int = 0
    delta: Delta | None = None
    exit_code: int | None = None
    reports: int = 0

    @property
    def verdicts(self) -> Counter[Verdict]:
        return Counter(judged.standing.verdict for judged in self.invariants)

    @property
    def severities(self) -> Counter[Severity]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def statistics(self) -> list[tuple[str, int]]:
        """How many findings each rule has, the most first."""
        counts = Counter(finding.code for finding in self.findings)
        return sorted(counts.items(), key=lambda each: (-each[1], each[0]))

    def fails(self, threshold: Severity) -> bool:
        """Whether any finding is at or above the threshold."""
        return any(finding.severity.rank <= threshold.rank for finding in self.findings)


def report(snapshot: Snapshot, paths: Collection[str] | None = None) -> Report:
    """Check the whole root; `paths` (files or folders, relative; None: all) narrow what is said."""
    records = tuple(record for record in snapshot.log if _within(record.path, paths))
    found = findings(snapshot)
    old = older(snapshot)
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for filed in snapshot.reports:
        told[filed.unreadable].add(filed.path)
    return Report(
        snapshot=snapshot,
        records=records,
        invariants=tuple(judged for record in records for judged in judge(snapshot, record)),
        findings=tuple(each for each in found.told if _within(each.path, paths)),
        runs=len(snapshot.runs),
        cut=sum(run.ending is Ending.CUT for run in snapshot.runs),
        unreadable=len(snapshot.unreadable) + len(told[True]),
        silenced=tuple(each for each in found.silenced if _within(each.finding.path, paths)),
        held_back=tuple(each for each in found.held_back if _within(each.path, paths)),
        dead=found.dead,
        older=sum(record.path in old for record in records) if old else 0,
        reports=len(told[False]),
    )


def judge(snapshot: Snapshot, record: Record) -> list[Judged]:
    """Every invariant of a record with its verdict."""
    key = snapshot.log.key(record)
    return [
        Judged(record, key, invariant, standing, need_of(snapshot.config, record, invariant))
        for invariant, standing in standings(snapshot, record)
    ]


def _within(path: str, paths: Collection[str] | None) -> bool:
    if paths is None:
        return True
    return any(
        path == wanted or not wanted or path.startswith(wanted.rstrip("/") + "/")
        for wanted in paths
    )
