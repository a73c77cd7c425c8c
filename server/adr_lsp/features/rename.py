"""Renaming at the cursor, and what follows when files are renamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.place import place_at
from adr_lsp.features.renaming.digits import number_form, place_in_stem
from adr_lsp.features.renaming.ids import ids
from adr_lsp.features.renaming.model import Renameable, Renaming
from adr_lsp.features.renaming.moved_files import files_moved
from adr_lsp.features.renaming.numbers import numbers
from adr_lsp.features.renaming.pages import Page, page_of
from adr_lsp.features.renaming.rename_id import rename_id
from adr_lsp.features.renaming.renumber import renumber
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Position, Range, Text, span

_NUMBER = re.compile(r"(?:[\w-]*ADR[-_ #]?)?(?P<number>\d{1,9})(?P<rest>.*)", re.IGNORECASE)

_NAMES = re.compile(r"[-\d]")


@dataclass(frozen=True, slots=True)
class _Named:
    """What can be renamed, and where its name stands."""

    range: Range
    record: Record
    invariant: Invariant | None = None


def prepare_rename(snapshot: Snapshot, path: str, position: Position) -> Renameable | None:
    """The id or the key at a place; None where nothing has a name that we can change."""
    named = _named(snapshot, path, position)
    if named is None:
        return None
    id = named.invariant.id if named.invariant else None
    return Renameable(named.range, id or snapshot.log.key(named.record))


def rename(snapshot: Snapshot, path: str, position: Position, name: str) -> Change | Refusal | None:
    """The edits that give the invariant or the record at a place another name."""
    named = _named(snapshot, path, position)
    if named is None:
        return None
    made = _renamed(snapshot, named.record, named.invariant, name.strip())
    return made.change if isinstance(made, Renaming) else made


def _renamed(
    snapshot: Snapshot, record: Record, invariant: Invariant | None, name: str
) -> Renaming | Refusal:
    if invariant:
        return rename_id(snapshot, record, invariant, name.rpartition("/")[2])
    number = _NUMBER.fullmatch(name.rpartition("/")[2])
    if number is None or number["rest"] not in ("", _rest(record)):
        return Refusal(f"`{name}` is no number of a record")
    return renumber(snapshot, record, int(number["number"]))


def _rest(record: Record) -> str:
    """What a file's name says behind its number."""
    place = place_in_stem(record.stem, record.number)
    return record.stem[place[1] :] if place else ""


def files_renamed(snapshot: Snapshot, moves: Sequence[tuple[str, str]]) -> Change | None:
    """The edits that follow when files are renamed by the editor; None where there are none."""
    change = files_moved(snapshot, dict(moves)).change
    return change if change.edits else None


def _named(snapshot: Snapshot, path: str, position: Position) -> _Named | None:
    """What has a name at a place: what a click leads to, else what the words alone name."""
    page = page_of(snapshot, path)
    if page is None:
        return None
    place = place_at(snapshot, path, position)
    if place and place.record and (place.invariant or place.record.path != path):
        invariant = place.invariant
        key = invariant.id if invariant else str(place.record.number)
        range = _word(page.text, position, key) if key else None
        if range and (range.contains(position) or not invariant):
            return _Named(range, place.record, invariant)
        if range and path in snapshot.sources and place.range.overlaps(range):
            return _Named(place.range, place.record, invariant)
    return _mentioned(snapshot, page, position)


def _word(text: Text, position: Position, key: str) -> Range | None:
    """The name around a position, if it holds the key: an id by itself, a number with its zeros
    and with what belongs to it."""
    line = text.line(position.line)
    for form in (re.escape(key), r"[\w-]+(?:[/#][\w-]+)*"):
        for found in re.finditer(rf"(?<![\w-]){form}(?![\w-])", line):
            if found.start() <= position.column <= found.end() and key in found.group():
                at = found.start() + (found.group().rfind(key) if form != re.escape(key) else 0)
                whole = span(position.line, *found.span())
                return span(position.line, at, at + len(key)) if "-" in key else whole
    return None


def _mentioned(snapshot: Snapshot, page: Page, position: Position) -> _Named | None:
    """An id or a number that stands in the words of any file, a title's own among them."""
    offset, around = page.text.offset(position), _around(page.text, position)
    if around is None or not _NAMES.search(page.text.between(around)):
        return None
    for id in ids(snapshot, page):
        if id.start <= offset <= id.end and id.found.record and id.found.invariant:
            range = page.text.range(id.start, id.end)
            return _Named(range, id.found.record, id.found.invariant)
    for digits in re.finditer(r"\d{1,9}", page.text.between(around)):
        for number in numbers(snapshot, page, {int(digits.group())}):
            range = page.text.range(number.start, number.end)
            if around.start <= range.start <= around.end and number.found.record:
                return _Named(range if range.contains(position) else around, number.found.record)
    return _title(snapshot, page, position)


def _around(text: Text, position: Position) -> Range | None:
    """The word around a position."""
    for found in re.finditer(r"[\w-]+", text.line(position.line)):
        if found.start() <= position.column <= found.end():
            return span(position.line, *found.span())
    return None


def _title(snapshot: Snapshot, page: Page, position: Position) -> _Named | None:
    """A record's own number in its title."""
    record = snapshot.log.records.get(page.path)
    if record is None or record.title_number != record.number or record.number is None:
        return None
    start = page.text.offset(record.title_range.start)
    found = number_form(record.number).search(
        page.text.content, start, page.text.offset(record.title_range.end)
    )
    range = page.text.range(*found.span()) if found else None
    return _Named(range, record) if range and range.contains(position) else None
