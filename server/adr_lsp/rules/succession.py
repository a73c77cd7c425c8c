"""Which record took the place of which, as far as the records themselves say so."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp.record import Record
from adr_lsp.record.model import Supersession
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import unquoted
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """`new` took the place of `old`; `said` stands in the record `by`, which is one of the two."""

    old: Record
    new: Record
    by: Record
    said: Supersession


def meant(snapshot: Snapshot, record: Record, named: Supersession) -> Record | None:
    """The record that a supersession names, if that is beyond doubt."""
    if named.target:
        path = unquoted(named.target.partition("#")[0])
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), path))
        linked = snapshot.log.records.get(joined)
        if linked:
            return linked
    return snapshot.log.resolve(named.key, None, record.path).record


def steps_of(snapshot: Snapshot, record: Record) -> Iterator[Step]:
    """Every whole succession that one record states, in the order of its text."""
    for named in sorted((*record.superseded_by, *record.supersedes), key=lambda s: s.range):
        other = None if named.partial else meant(snapshot, record, named)
        if other is None:
            continue
        if named in record.superseded_by:
            yield Step(record, other, record, named)
        else:
            yield Step(other, record, record, named)


def steps(snapshot: Snapshot) -> tuple[Step, ...]:
    """Every whole succession that any record states, by path and place."""
    if steps not in snapshot.memo:
        said = map(snapshot.log.records.__getitem__, sorted(snapshot.log.succeeding))
        every = (step for record in said for step in steps_of(snapshot, record))
        snapshot.memo[steps] = tuple(every)
    found: tuple[Step, ...] = snapshot.memo[steps]
    return found


def is_retired(snapshot: Snapshot, record: Record, id: str | None) -> bool:
    """Whether something took the place of one invariant, while its record may be in force."""
    return (record.path, id) in _retired(snapshot)


def _retired(snapshot: Snapshot) -> frozenset[tuple[str, str | None]]:
    if _retired not in snapshot.memo:
        own = (
            (record.path, invariant.id)
            for record in map(snapshot.log.records.__getitem__, snapshot.log.succeeding)
            for invariant in record.invariants
            if invariant.superseded_by
        )
        snapshot.memo[_retired] = frozenset((*own, *_by_others(snapshot)))
    found: frozenset[tuple[str, str | None]] = snapshot.memo[_retired]
    return found


def _by_others(snapshot: Snapshot) -> Iterator[tuple[str, str | None]]:
    """`Supersedes: ADR-0012/INV-2`, said by the record that took the place of that invariant."""
    for record in map(snapshot.log.records.__getitem__, snapshot.log.succeeding):
        for named in record.supersedes:
            old = meant(snapshot, record, named) if named.invariant else None
            if old and old.path != record.path:
                yield old.path, named.invariant
