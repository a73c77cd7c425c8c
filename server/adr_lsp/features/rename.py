"""Renaming at the cursor, and what follows when files are renamed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.place import place_at
from adr_lsp.features.renaming.model import Renameable, Renaming
from adr_lsp.features.renaming.moved_files import files_moved
from adr_lsp.features.renaming.rename_id import rename_id
from adr_lsp.features.renaming.renumber import renumber
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Position, Range, Text, decode


def prepare_rename(snapshot: Snapshot, path: str, position: Position) -> Renameable | None:
    """The id or the key at a place; None where nothing has a name that we can change."""
    record, invariant = _named(snapshot, path, position)
    if record is None:
        return None
    written = (invariant.id or "") if invariant else snapshot.log.key(record)
    return Renameable(_range(snapshot, path, position, written), written)


def rename(snapshot: Snapshot, path: str, position: Position, name: str) -> Change | Refusal | None:
    """The edits that give the invariant or the record at a place another name."""
    record, invariant = _named(snapshot, path, position)
    if record is None:
        return None
    made = _renamed(snapshot, record, invariant, name.strip())
    return made.change if isinstance(made, Renaming) else made


def _renamed(
    snapshot: Snapshot, record: Record, invariant: Invariant | None, name: str
) -> Renaming | Refusal:
    if invariant:
        return rename_id(snapshot, record, invariant, name.rpartition("/")[2])
    number = re.fullmatch(r"(?:ADR[- ]?)?(\d{1,9})", name, re.IGNORECASE)
    if number is None:
        return Refusal(f"`{name}` is no number of a record")
    return renumber(snapshot, record, int(number[1]))


def files_renamed(snapshot: Snapshot, moves: Sequence[tuple[str, str]]) -> Change | None:
    """The edits that follow when files are renamed by the editor; None where there are none."""
    change = files_moved(snapshot, dict(moves)).change
    return change if change.edits else None


def _named(
    snapshot: Snapshot, path: str, position: Position
) -> tuple[Record | None, Invariant | None]:
    place = place_at(snapshot, path, position)
    if place is None or place.record is None or place.test:
        return None, None
    if place.invariant and place.invariant.id is None:
        return None, None
    if place.invariant and not _on_name(place.invariant, path, position):
        return None, None
    return place.record, place.invariant


def _on_name(invariant: Invariant, path: str, position: Position) -> bool:
    """In a declaration only its id can be renamed, not its words."""
    return invariant.path != path or invariant.id_range.contains(position)


def _range(snapshot: Snapshot, path: str, position: Position, written: str) -> Range:
    """Where the name stands around a position; the position itself where it is spelled
    otherwise."""
    raw = snapshot.tree.read(path)
    record = snapshot.log.records.get(path)
    text = record.text if record else Text(decode(raw or b"")[0])
    line = text.line(position.line)
    for found in re.finditer(re.escape(written), line):
        if found.start() <= position.column <= found.end():
            start, end = (
                Position(position.line, found.start()),
                Position(position.line, found.end()),
            )
            return Range(start, end)
    word = re.compile(r"[\w-]+")
    around = (m for m in word.finditer(line) if m.start() <= position.column <= m.end())
    found_word = next(around, None)
    if found_word is None:
        return Range(position, position)
    return Range(
        Position(position.line, found_word.start()), Position(position.line, found_word.end())
    )
