"""What stands under a cursor, in a record or in code."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from adr_lsp.features.mentions import mention_at
from adr_lsp.record import Invariant, Record, Target, Verifier
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.tests import source_of
from adr_lsp.sources.model import Source, Test
from adr_lsp.text import Position, Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """`range` is what the cursor is on. Of the other fields those are set that are meant:
    an invariant with its record, a record alone, a test in a file, or a file alone; on a `Target:`
    that and its invariant."""

    range: Range
    record: Record | None = None
    invariant: Invariant | None = None
    source: Source | None = None
    test: Test | None = None
    file: str | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """`range` is what to select, `full` what belongs to it."""

    path: str
    range: Range
    full: Range


def place_at(snapshot: Snapshot, path: str, position: Position) -> Place | None:
    record = snapshot.log.records.get(path)
    if record:
        return _in_record(snapshot, record, position)
    source = snapshot.sources.get(path)
    return _in_code(snapshot, source, position) if source else None


def _in_record(snapshot: Snapshot, record: Record, position: Position) -> Place | None:
    return (
        _on_verifier(snapshot, record, position)
        or _on_target(record, position)
        or _on_supersession(snapshot, record, position)
        or _on_link(snapshot, record, position)
        or _on_mention(snapshot, record, position)
        or _on_invariant(record, position)
        or _on_title(record, position)
    )


def _on_verifier(snapshot: Snapshot, record: Record, position: Position) -> Place | None:
    own = (verifier for invariant in record.invariants for verifier in invariant.verified_by)
    for verifier in (*own, *record.verified_by):
        if verifier.range.contains(position):
            path = verified_path(snapshot, record, verifier)
            if path is None:
                return None
            source = source_of(snapshot, path)
            test = test_named(source, verifier)
            return Place(verifier.range, source=source, test=test, file=path)
    return None


def test_named(source: Source | None, verifier: Verifier) -> Test | None:
    name = verifier.name or verifier.operator
    return source.test(name) if source and name else None


def _on_target(record: Record, position: Position) -> Place | None:
    for invariant in record.invariants:
        for target in invariant.targets:
            if target.range.contains(position):
                return Place(target.range, record, invariant, target=target)
    return None


def verified_path(snapshot: Snapshot, record: Record, verifier: Verifier) -> str | None:
    """The file that a `Verified by` target names: relative to the record, else to the root."""
    folder = posixpath.dirname(record.path)
    for base in (folder, ""):
        path = posixpath.normpath(posixpath.join(base, verifier.path))
        if not path.startswith("..") and snapshot.tree.exists(path):
            return path
    return None


def _on_supersession(snapshot: Snapshot, record: Record, position: Position) -> Place | None:
    for named in (*record.supersedes, *record.superseded_by):
        if named.range.contains(position):
            found = snapshot.log.resolve(named.key, named.invariant, record.path)
            if found.record:
                return Place(named.range, found.record, found.invariant)
    return None


def _on_link(snapshot: Snapshot, record: Record, position: Position) -> Place | None:
    for link in record.links:
        if link.range.contains(position) and "://" not in link.target:
            target = unquote(link.target.partition("#")[0])
            path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), target))
            if target and not path.startswith("..") and snapshot.tree.exists(path):
                return Place(link.range, snapshot.log.records.get(path), file=path)
    return None


def _on_mention(snapshot: Snapshot, record: Record, position: Position) -> Place | None:
    found = mention_at(snapshot, record, position)
    return Place(found.range, found.record, found.invariant) if found else None


def _on_title(record: Record, position: Position) -> Place | None:
    return Place(record.title_range, record) if record.title_range.contains(position) else None


def _on_invariant(record: Record, position: Position) -> Place | None:
    invariant = record.invariant_at(position)
    if invariant is None:
        return None
    return Place(invariant.id_range if invariant.id else invariant.range, record, invariant)


def _in_code(snapshot: Snapshot, source: Source, position: Position) -> Place | None:
    for reference in source.references:
        if reference.range.contains(position):
            found = snapshot.log.resolve(reference.key, reference.id, source.path)
            if found.record and (found.invariant or reference.id is None):
                return Place(reference.range, found.record, found.invariant)
            if not reference.guessed:
                return None
    for test in source.tests:
        if test.name_range.contains(position):
            return Place(test.name_range, source=source, test=test, file=source.path)
    return None
