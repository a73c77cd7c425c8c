"""Every place in one file that names what the cursor is on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.features.definition import references
from adr_lsp.features.place import Place, place_at
from adr_lsp.features.renaming.ids import Id, ids
from adr_lsp.features.renaming.pages import Page, page_of
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, invariants_of
from adr_lsp.text import Position, Range, Text
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Highlight:
    """`declares`: here it gets its name; elsewhere it is only named."""

    range: Range
    declares: bool


def highlights(snapshot: Snapshot, path: str, position: Position) -> list[Highlight]:
    """Those of an invariant by its id; of a record by the references to it."""
    page = page_of(snapshot, path)
    if page is None:
        return []
    meant = _meant(snapshot, page, position)
    if meant:
        return _of_invariants(page, list(ids(snapshot, page)), meant)
    place = place_at(snapshot, path, position)
    if place is None or place.record is None or not place.range.contains(position):
        return []
    found = references(snapshot, path, position, declaration=False)
    return [Highlight(each.range, declares=False) for each in found if each.path == path]


def _meant(snapshot: Snapshot, page: Page, position: Position) -> list[tuple[str, Range]]:
    """The invariants under the cursor: by an id, or by a test that verifies them."""
    offset = page.text.offset(position)
    every = ids(snapshot, page) if _may_be_id(page.text, position) else ()
    named = [id for id in every if id.start <= offset <= id.end]
    if named:
        return [_key(i.found.invariant) for i in named if i.found.invariant]
    place = place_at(snapshot, page.path, position)
    return [_key(invariant) for _, invariant in _verified(snapshot, place)] if place else []


def _may_be_id(text: Text, position: Position) -> bool:
    """A cheap look at the word around a position."""
    words = re.finditer(r"[\w-]+", text.line(position.line))
    around = (w.group() for w in words if w.start() <= position.column <= w.end())
    return any("-" in word for word in around)


def _verified(snapshot: Snapshot, place: Place) -> tuple[tuple[Record, Invariant], ...]:
    if place.source is None or place.test is None:
        return ()
    return invariants_of(snapshot, place.source.path, place.test.name)


def _of_invariants(page: Page, here: list[Id], meant: list[tuple[str, Range]]) -> list[Highlight]:
    def found() -> Iterator[Highlight]:
        for id in here:
            invariant = id.found.invariant
            if invariant and _key(invariant) in meant:
                range = page.text.range(id.start, id.end)
                declared = invariant.path == page.path and invariant.id_range == range
                yield Highlight(range, declares=declared)

    return list(dict.fromkeys(found()))


def _key(invariant: Invariant) -> tuple[str, Range]:
    return invariant.path, invariant.id_range
