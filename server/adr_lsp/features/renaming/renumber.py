"""Gives a record another number: its file, its title, and whoever names it."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.renaming.clear import unclear_then
from adr_lsp.features.renaming.digits import digits_of, place_in_stem
from adr_lsp.features.renaming.model import Renaming
from adr_lsp.features.renaming.moved_files import files_moved
from adr_lsp.record import Record
from adr_lsp.record.key import number_of, series_of
from adr_lsp.record.pages import is_overview
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Move


def renumber(snapshot: Snapshot, record: Record, number: int) -> Renaming | Refusal:
    """Every edit and the renamed file; refuses a number that another record of the log has."""
    key = snapshot.log.key(record)
    if record.number is None or number_of(record.stem) is None:
        return Refusal(f"{key} has no number in its file's name")
    if number == record.number:
        return Refusal(f"{key} has the number {number} already")
    taken = next((r for r in siblings(snapshot, record) if r.number == number), None)
    if taken:
        return Refusal(f"{number} is the number of {taken.path}")
    new_path = numbered_path(snapshot, record, number)
    if new_path is None or number_of(posixpath.basename(new_path)) == record.number:
        return Refusal(f"the number in {record.path} cannot be told from the rest of the name")
    refused = unclear_then(snapshot, record, new_path)
    if refused:
        return refused
    moves = _moves(snapshot, record, new_path)
    moved = files_moved(snapshot, {move.path: move.new_path for move in moves})
    return replace(moved, change=replace(moved.change, moves=moves))


def siblings(snapshot: Snapshot, record: Record) -> list[Record]:
    """The records that are numbered together with one, itself among them: of its log and series."""
    series = series_of(record.stem)
    return [r for r in snapshot.log if r.log == record.log and series_of(r.stem) == series]


def numbered_path(snapshot: Snapshot, record: Record, number: int) -> str | None:
    """The path with another number, written as the log writes them; a date in front of it stays."""
    place = place_in_stem(record.stem, record.number)
    if place is None:
        return None
    start, end = place
    digits = digits_of(snapshot, record)
    written = digits.like(record.stem[start:end], number, filled=digits.stems)
    stem = record.stem[:start] + written + record.stem[end:]
    folder, name = posixpath.split(record.path)
    if is_overview(record.path) and posixpath.basename(folder) == record.stem:
        return posixpath.join(posixpath.dirname(folder), stem, name)
    return posixpath.join(folder, stem + name[len(record.stem) :])


def _moves(snapshot: Snapshot, record: Record, new_path: str) -> tuple[Move, ...]:
    """The file, or every file of the folder that is its own."""
    if posixpath.basename(record.path) != posixpath.basename(new_path):
        return (Move(record.path, new_path),)
    old, new = posixpath.dirname(record.path), posixpath.dirname(new_path)
    inside = sorted(path for path in snapshot.tree.paths() if path.startswith(f"{old}/"))
    return tuple(Move(path, new + path[len(old) :]) for path in inside)
