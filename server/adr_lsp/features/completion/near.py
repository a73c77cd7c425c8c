"""Records and invariants, those first that are nearest to a file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp.features.completion.model import Completion, Kind, Spot, like
from adr_lsp.features.hover import escaped
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot


def near_records(snapshot: Snapshot, path: str) -> list[Record]:
    """Of the nearest log first, there the record itself and those of about its number; the
    youngest first where the file is no record. What is in force goes before what is not."""
    own = snapshot.log.records.get(path)
    here = posixpath.dirname(path).split("/")

    def distance(record: Record) -> tuple[int, bool, int, str]:
        number = record.number or 0
        away = abs(number - (own.number or 0)) if own else -number
        return -shared(record.log.split("/"), here), record.status.retired, away, record.path

    return sorted(snapshot.log.records.values(), key=distance)


def shared(one: list[str], other: list[str]) -> int:
    """How many leading folders two paths have in common."""
    depth = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth


def invariant_keys(spot: Spot, typed: str, records: list[Record]) -> Iterator[Completion]:
    """`ADR-0012/INV-1`, found by the key or by words of the statement."""
    for record in records:
        key = spot.snapshot.log.key(record) if record.invariants else ""
        for invariant in record.invariants:
            full = f"{key}/{invariant.id}"
            if invariant.id and like(typed, f"{full} {invariant.statement}"):
                yield _invariant(spot, typed, full, record, invariant)


def own_ids(spot: Spot, typed: str, record: Record) -> Iterator[Completion]:
    """`INV-2`, of one record."""
    for invariant in record.invariants:
        if invariant.id and like(typed, f"{invariant.id} {invariant.statement}"):
            yield _invariant(spot, typed, invariant.id, record, invariant)


def _invariant(
    spot: Spot, typed: str, label: str, record: Record, invariant: Invariant
) -> Completion:
    return Completion(
        label,
        spot.gap + label,
        spot.typed(typed),
        Kind.INVARIANT,
        record.title or record.stem,
        statement(invariant),
        f"{label} {invariant.statement}" if not like(typed, label) else label,
    )


def statement(invariant: Invariant) -> str:
    pattern = f"*({escaped(invariant.pattern)})* " if invariant.pattern else ""
    return pattern + escaped(invariant.statement)


def told(record: Record) -> str:
    """A record's title, status and invariants, as Markdown."""
    lines = [f"**{escaped(record.title or record.stem)}**: {escaped(_status(record))}"]
    lines += [f"- {escaped(i.id or '(no id)')}: {escaped(i.statement)}" for i in record.invariants]
    return "\n".join(lines[:1] + ([""] if lines[1:] else []) + lines[1:9])


def _status(record: Record) -> str:
    return record.status_text or record.status
