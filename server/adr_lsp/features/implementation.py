"""From an invariant to the code that it is about, and from code to the invariants about it."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.code_definitions import Defined
from adr_lsp.features.place import Location, Place, place_at
from adr_lsp.features.target_code import defined_in, target_code
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, invariants_of, standing
from adr_lsp.text import Position

MOST = 100


def implementation(snapshot: Snapshot, path: str, position: Position) -> list[Location]:
    """Targets first, then the definitions that its tests ran. In code the other way round."""
    place = place_at(snapshot, path, position)
    meant = list(_meant(snapshot, place)) if place else []
    found = [at for record, invariant in meant for at in _code(snapshot, record, invariant)]
    found = found if meant else list(_about(snapshot, path, position))
    return list(dict.fromkeys(found))[:MOST]


def _meant(snapshot: Snapshot, place: Place) -> Iterator[tuple[Record, Invariant]]:
    if place.record and place.invariant:
        yield place.record, place.invariant
    elif place.source and place.test:
        yield from invariants_of(snapshot, place.source.path, place.test.name)


def _code(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Location]:
    yield from targets_of(snapshot, record, invariant)
    stands = standing(snapshot, record, invariant)
    tests = {test.path for test in stands.tests}
    for path, lines in stands.covered.items():
        if path not in tests:
            innermost = (_innermost(defined_in(snapshot, path), line) for line in lines)
            for each in dict.fromkeys(each for each in innermost if each):
                yield Location(path, each.name_range, each.range)


def targets_of(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Location]:
    """What each `Target:` line names: a definition, or a whole file."""
    for target in invariant.targets:
        yield from target_code(snapshot, record, target)


def _innermost(found: tuple[Defined, ...], line: int) -> Defined | None:
    around = [each for each in found if each.holds(line)]
    return min(around, key=lambda each: each.size, default=None)


def _about(snapshot: Snapshot, path: str, position: Position) -> Iterator[Location]:
    """The invariants of which the definition here is a target, then those whose tests ran it."""
    if path in snapshot.log.records:
        return
    here = [each for each in defined_in(snapshot, path) if each.name_range.contains(position)]
    if not here:
        return
    every = [(record, each) for record in snapshot.log for each in record.invariants]
    for record, invariant in every:
        if invariant.targets and any(
            at.path == path and at.range == here[0].name_range
            for at in targets_of(snapshot, record, invariant)
        ):
            yield Location(invariant.path, invariant.id_range, invariant.range)
    for record, invariant in every if snapshot.runs else ():
        lines = standing(snapshot, record, invariant).covered.get(path, ())
        if any(_innermost(defined_in(snapshot, path), line) == here[0] for line in lines):
            yield Location(invariant.path, invariant.id_range, invariant.range)
