"""Where a finding stands, as formats of other tools want it."""

from __future__ import annotations

from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Text, decode


def text_of(snapshot: Snapshot, path: str) -> Text | None:
    """A file's text as the findings on it count; None where no file is."""
    record = snapshot.log.records.get(path)
    if record:
        return record.text
    known = snapshot.memo.setdefault(text_of, {})
    if path not in known:
        raw = snapshot.tree.read(path)
        known[path] = Text(decode(raw)[0]) if raw is not None else None
    found: Text | None = known[path]
    return found


def utf16_column(text: Text | None, position: Position) -> int:
    """The column in units of UTF-16, from 0."""
    before = text.line(position.line)[: position.column] if text else ""
    astral = 0 if before.isascii() else sum(character > "\uffff" for character in before)
    return position.column + astral
