"""Numbers that this branch and another one have both given to a new record."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.record import Record
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """A record of here, and the one that has its number at the revision that was named."""

    record: Record
    there: Record


def taken_numbers(snapshot: Snapshot) -> tuple[Taken, ...]:
    """Every new record whose number the other branch has given away since they parted."""
    if not snapshot.gained or snapshot.base is None:
        return ()
    if "taken numbers" not in snapshot.memo:
        snapshot.memo["taken numbers"] = tuple(_taken(snapshot, snapshot.base))
    found: tuple[Taken, ...] = snapshot.memo["taken numbers"]
    return found


def _taken(snapshot: Snapshot, base: Snapshot) -> Iterator[Taken]:
    used = {(record.log, record.key) for record in base.log.records.values()}
    there = {(r.log, r.key): r for r in reversed(snapshot.gained) if r.number is not None}
    for record in snapshot.log:
        other = there.get((record.log, record.key))
        if other and (record.log, record.key) not in used and not _same(snapshot, other):
            yield Taken(record, other)


def _same(snapshot: Snapshot, other: Record) -> bool:
    """What has come here too, by a merge or a pick, is no other record."""
    return other.path in snapshot.log.records
