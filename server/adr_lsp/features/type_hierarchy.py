"""From a log down to its records, their invariants and the tests of those, and up again."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from adr_lsp.features.place import place_at
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, invariants_of, tests_of
from adr_lsp.sources.model import Test
from adr_lsp.text import NOWHERE, Position, Range
from adr_lsp.value import dataclass


class Level(StrEnum):
    LOG = "log"
    RECORD = "record"
    INVARIANT = "invariant"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Node:
    """One of them. With its `path`, `level` and `key` (a log's folder, an id, a test's name) it is
    found again in a later snapshot."""

    level: Level
    key: str
    name: str
    detail: str
    path: str
    range: Range
    selection: Range


def hierarchy_at(snapshot: Snapshot, path: str, position: Position) -> list[Node]:
    """What the cursor is on; in a record's other text the record."""
    place = place_at(snapshot, path, position)
    record = snapshot.log.records.get(path)
    if place and place.record and place.invariant:
        return [_invariant(snapshot, place.record, place.invariant)]
    if place and place.source and place.test:
        return [_test(place.source.path, place.test)]
    meant = place.record if place and place.record else record
    return [_record(snapshot, meant)] if meant else []


def supertypes(snapshot: Snapshot, path: str, *, level: str, key: str) -> list[Node]:
    """What it is a part of; for a test what it verifies."""
    record = snapshot.log.records.get(path)
    if level == Level.TEST:
        return [_invariant(snapshot, *each) for each in invariants_of(snapshot, path, key)]
    if level == Level.INVARIANT and record:
        return [_record(snapshot, record)]
    return [_log(snapshot, record.log)] if level == Level.RECORD and record else []


def subtypes(snapshot: Snapshot, path: str, *, level: str, key: str) -> list[Node]:
    """Its parts; for an invariant the tests that verify it."""
    record = snapshot.log.records.get(path)
    if level == Level.LOG:
        return [_record(snapshot, each) for each in snapshot.log if each.log == key]
    if level == Level.RECORD and record:
        return [_invariant(snapshot, record, each) for each in record.invariants]
    invariant = record.invariant(key) if level == Level.INVARIANT and record else None
    return list(_tests(snapshot, record, invariant)) if record and invariant else []


def _tests(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Node]:
    for linked in tests_of(snapshot, record, invariant):
        if linked.test:
            yield _test(linked.path, linked.test)


def _log(snapshot: Snapshot, folder: str) -> Node:
    """It has no file of its own: its first record stands for it."""
    records = [each for each in snapshot.log if each.log == folder]
    detail = f"{len(records)} records" if len(records) != 1 else "1 record"
    return Node(Level.LOG, folder, folder or ".", detail, records[0].path, NOWHERE, NOWHERE)


def _record(snapshot: Snapshot, record: Record) -> Node:
    name = f"{snapshot.log.key(record)} {record.title}".strip()
    whole = record.text.range(0, len(record.text.content))
    status = record.status_text or str(record.status)
    return Node(Level.RECORD, "", name, status, record.path, whole, record.title_range)


def _invariant(snapshot: Snapshot, record: Record, invariant: Invariant) -> Node:
    name = snapshot.log.invariant_key(invariant) or f"{snapshot.log.key(record)} (no id)"
    whole, place = invariant.range, invariant.id_range
    inside = whole.contains(place.start) and whole.contains(place.end)
    place = place if inside else whole
    key = invariant.id or ""
    return Node(Level.INVARIANT, key, name, invariant.statement, record.path, whole, place)


def _test(path: str, test: Test) -> Node:
    return Node(Level.TEST, test.name, test.name, path, path, test.range, test.name_range)
