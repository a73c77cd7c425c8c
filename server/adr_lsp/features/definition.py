"""Both ways between a decision and its tests: definition and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.decision_log import names
from adr_lsp.features.disjoint import taken
from adr_lsp.features.mentions import mentions_of
from adr_lsp.features.place import Location, Place, place_at, verified_path
from adr_lsp.features.target_code import target_code
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, invariants_of, tests_of
from adr_lsp.text import NOWHERE, Position, Range


def definition(snapshot: Snapshot, path: str, position: Position) -> list[Location]:
    """From a declaration to its tests, from anything else to what it names."""
    place = place_at(snapshot, path, position)
    if place is None:
        return []
    if place.record and place.target:
        return list(target_code(snapshot, place.record, place.target))
    if place.record and place.invariant:
        here = place.invariant.path == path and place.range == place.invariant.id_range
        if here:
            return _tests(snapshot, place.record, place.invariant)
        return [_declaration(place.invariant)]
    if place.source and place.test:
        if place.source.path == path:
            verified = invariants_of(snapshot, path, place.test.name)
            return [_declaration(invariant) for _, invariant in verified]
        return [Location(place.source.path, place.test.name_range, place.test.range)]
    return _file(place)


def _file(place: Place) -> list[Location]:
    if place.record:
        return [Location(place.record.path, place.record.title_range, place.record.title_range)]
    return [Location(place.file, NOWHERE, NOWHERE)] if place.file else []


def _declaration(invariant: Invariant) -> Location:
    return Location(invariant.path, invariant.id_range, invariant.range)


def _tests(snapshot: Snapshot, record: Record, invariant: Invariant) -> list[Location]:
    return [
        Location(linked.path, linked.test.name_range, linked.test.range)
        for linked in tests_of(snapshot, record, invariant)
        if linked.test
    ]


def references(
    snapshot: Snapshot, path: str, position: Position, *, declaration: bool
) -> list[Location]:
    """Every place, in code and in records, that names the invariant or the record here."""
    place = place_at(snapshot, path, position)
    if place is None:
        return []
    if place.source and place.test:
        meant = invariants_of(snapshot, place.source.path, place.test.name)
    elif place.record and place.invariant:
        meant = ((place.record, place.invariant),)
    elif place.record:
        return _each_once(_to_record(snapshot, place.record))
    else:
        meant = ()
    declared = [_declaration(invariant) for _, invariant in meant]
    found = (at for record, invariant in meant for at in _to(snapshot, record, invariant))
    every = _each_once([*declared, *found])
    return every if declaration else every[len(declared) :]


def _each_once(found: Iterable[Location]) -> list[Location]:
    """A place that is found in two ways counts as it is found first."""
    places: dict[str, list[Range]] = {}
    return [at for at in found if not taken(places.setdefault(at.path, []), at.range)]


def _to(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Location]:
    for path, reference in snapshot.references.naming(names(record), invariant.id):
        found = snapshot.log.resolve(reference.key, reference.id, path)
        if found.invariant == invariant:
            yield Location(path, reference.range, reference.range)
    for verifier in invariant.verified_by:
        if verified_path(snapshot, record, verifier):
            yield Location(record.path, verifier.range, verifier.range)
    yield from _superseding(snapshot, record, invariant.id)
    yield from _mentioning(snapshot, record, invariant.id)


def _to_record(snapshot: Snapshot, record: Record) -> Iterator[Location]:
    for path, reference in snapshot.references.naming(names(record), None):
        if snapshot.log.resolve(reference.key, None, path).record == record:
            yield Location(path, reference.range, reference.range)
    yield from _superseding(snapshot, record, None)
    yield from _mentioning(snapshot, record, None)


def _mentioning(snapshot: Snapshot, record: Record, id: str | None) -> Iterator[Location]:
    for path, range in mentions_of(snapshot, record, id):
        yield Location(path, range, range)


def _superseding(snapshot: Snapshot, record: Record, id: str | None) -> Iterator[Location]:
    for other in snapshot.log:
        for named in (*other.supersedes, *other.superseded_by):
            if named.invariant == id and _means(snapshot, other, named.key, record):
                yield Location(other.path, named.range, named.range)


def _means(snapshot: Snapshot, here: Record, key: str, record: Record) -> bool:
    return record in snapshot.log.resolve(key, None, here.path).records
