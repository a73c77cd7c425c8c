"""What a selection grows to in a record: word, id, statement, invariant, section, document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Position, Range, Text, span
from adr_lsp.value import dataclass

_WORDS = (r"\w+", r"\w(?:[\w./#:-]*\w)?")


@dataclass(frozen=True, slots=True)
class Selection:
    """Ranges around one position, each inside the next one; never none."""

    ranges: tuple[Range, ...]


def selection_ranges(
    snapshot: Snapshot, path: str, positions: Sequence[Position]
) -> list[Selection] | None:
    """One for each position; None for a file that is no record."""
    record = snapshot.log.records.get(path)
    if record is None:
        return None
    prefixes = snapshot.config.prefixes
    grown = ((tuple(_growing(record, prefixes, at)), at) for at in positions)
    return [Selection(ranges or (Range(at, at),)) for ranges, at in grown]


def _growing(record: Record, prefixes: tuple[str, ...], position: Position) -> Iterator[Range]:
    """Only what grows: an outer range that begins later or ends sooner is left out."""
    last = Range(position, position)
    around = sorted(_around(record, prefixes, position), key=lambda r: _size(record.text, r))
    for range in around:
        if range.start <= last.start and last.end <= range.end and range != last:
            yield range
            last = range


def _size(text: Text, range: Range) -> int:
    return text.offset(range.end) - text.offset(range.start)


def _around(record: Record, prefixes: tuple[str, ...], at: Position) -> Iterator[Range]:
    text = record.text
    line = text.line(at.line)
    for pattern in (*_WORDS, id_pattern(prefixes)):
        for found in re.finditer(pattern, line):
            if found.start() <= at.column <= found.end():
                yield span(at.line, *found.span())
    inside = line.strip()
    if inside:
        start = line.index(inside)
        yield span(at.line, start, start + len(inside))
    for invariant in record.invariants:
        ranges = [invariant.id_range, invariant.statement_range, invariant.range]
        if invariant.extension and invariant.extension > invariant.range.end:
            ranges.append(Range(invariant.range.start, invariant.extension))
        yield from (range for range in ranges if range.contains(at))
    for section in record.sections:
        yield from (r for r in _of_section(text, section.start, section.end) if r.contains(at))
        body = section.body
        if body.contains(at):
            yield _trimmed(text, text.offset(body.start), text.offset(body.end))
    yield Range(START, text.end)


def _of_section(text: Text, start: int, end: int) -> tuple[Range, ...]:
    return (_trimmed(text, start, end), text.range(start, end))


def _trimmed(text: Text, start: int, end: int) -> Range:
    """Without blank space at the end."""
    return text.range(start, start + len(text.content[start:end].rstrip()))
