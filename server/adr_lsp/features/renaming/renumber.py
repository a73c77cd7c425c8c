"""Gives a record another number: its file, its title, and whoever names it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.renaming.model import Renaming
from adr_lsp.features.renaming.move_record import file_moved
from adr_lsp.record import Record
from adr_lsp.record.key import number_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Move


def renumber(snapshot: Snapshot, record: Record, number: int) -> Renaming | Refusal:
    """Every edit and the renamed file; refuses a number that another record of the log has."""
    key = snapshot.log.key(record)
    if record.number is None or number_of(record.stem) is None:
        return Refusal(f"{key} has no number in its file's name")
    if number < 1:
        return Refusal(f"{number} is no number of a record")
    if number == record.number:
        return Refusal(f"{key} has the number {number} already")
    taken = next((r for r in snapshot.log if r.log == record.log and r.number == number), None)
    if taken:
        return Refusal(f"{number} is the number of {taken.path}")
    new_path = numbered_path(record, number)
    if new_path is None:
        return Refusal(f"the number in {record.path} cannot be told from the rest of the name")
    moves = _moves(snapshot, record, new_path)
    moved = file_moved(snapshot, record.path, new_path, {m.path: m.new_path for m in moves})
    return replace(moved, change=replace(moved.change, moves=moves))


def numbered_path(record: Record, number: int) -> str | None:
    """The path with another number, as many digits wide; a date in front of it stays."""
    folder, name = posixpath.split(record.path)
    own_folder = posixpath.splitext(name)[0].lower() in ("readme", "index") and (
        posixpath.basename(folder) == record.stem
    )
    dated = re.match(r"\d{4}-?\d\d-?\d\d[-_]", record.stem)
    found = re.compile(rf"(?<!\d)0*{record.number}(?!\d)").search(
        record.stem, dated.end() if dated else 0
    )
    if found is None:
        return None
    digits = str(number).zfill(len(found.group()))
    stem = record.stem[: found.start()] + digits + record.stem[found.end() :]
    if own_folder:
        return posixpath.join(posixpath.dirname(folder), stem, name)
    return posixpath.join(folder, stem + name[len(record.stem) :])


def _moves(snapshot: Snapshot, record: Record, new_path: str) -> tuple[Move, ...]:
    """The file, or every file of the folder that is its own."""
    if posixpath.basename(record.path) != posixpath.basename(new_path):
        return (Move(record.path, new_path),)
    old, new = posixpath.dirname(record.path), posixpath.dirname(new_path)
    inside = sorted(path for path in snapshot.tree.paths() if path.startswith(f"{old}/"))
    return tuple(Move(path, new + path[len(old) :]) for path in inside)
