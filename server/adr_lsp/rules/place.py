"""Where in a record a finding stands, as narrow as can be, and where the record itself does."""

from __future__ import annotations

import posixpath

from adr_lsp.record import Record
from adr_lsp.text import Position, Range


def first_line(record: Record, place: Range) -> Range:
    """The part of a range that stands on its first line."""
    if place.end.line == place.start.line:
        return place
    end = Position(place.start.line, len(record.text.line(place.start.line).rstrip()))
    return Range(place.start, max(place.start, end))


def within(record: Record, place: Range, start: int, end: int) -> Range:
    """Characters `start` up to `end` of the raw text of a range."""
    offset = record.text.offset(place.start)
    return record.text.range(offset + start, offset + end)


def word(record: Record, place: Range, text: str) -> Range:
    """The first place of `text` in a range; the range itself if it is not there."""
    start = record.text.between(place).find(text)
    return within(record, place, start, start + len(text)) if start >= 0 else place


def home(record: Record) -> str:
    """The folder in which a record stands with its siblings; `<key>/README.md` is its folder."""
    folder, name = posixpath.split(record.path)
    alone = posixpath.splitext(name)[0].lower() == "readme"
    return posixpath.dirname(folder) if alone else folder
