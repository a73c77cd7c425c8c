"""Columns as the client counts them, and as everything else here does: in code points."""

from __future__ import annotations

from lsprotocol import types as lsp

from adr_lsp.text import Position, Range, Text

Encoding = lsp.PositionEncodingKind | str

PREFERRED = (lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf32)


def choose(capabilities: lsp.ClientCapabilities) -> lsp.PositionEncodingKind:
    """UTF-8 if the client offers it, then UTF-32, else UTF-16, which every client knows."""
    offered = (capabilities.general and capabilities.general.position_encodings) or []
    return next((kind for kind in PREFERRED if kind in offered), lsp.PositionEncodingKind.Utf16)


def to_units(line: str, column: int, encoding: Encoding) -> int:
    """The client's column for a column in code points."""
    head = line[:column]
    if encoding == lsp.PositionEncodingKind.Utf32 or head.isascii():
        return len(head)
    if encoding == lsp.PositionEncodingKind.Utf8:
        return len(head.encode("utf-8", errors="replace"))
    return len(head) + sum(character > "\uffff" for character in head)


def from_units(line: str, units: int, encoding: Encoding) -> int:
    """The column in code points; a place inside a character is that character's start."""
    if encoding == lsp.PositionEncodingKind.Utf32 or line.isascii():
        return max(0, min(units, len(line)))
    left = units
    for column, character in enumerate(line):
        left -= _size(character, encoding)
        if left < 0:
            return column
    return len(line)


def _size(character: str, encoding: Encoding) -> int:
    if encoding == lsp.PositionEncodingKind.Utf8:
        return len(character.encode("utf-8", errors="replace"))
    return 2 if character > "\uffff" else 1


def position_to_client(text: Text, position: Position, encoding: Encoding) -> lsp.Position:
    column = to_units(text.line(position.line), position.column, encoding)
    return lsp.Position(position.line, column)


def position_from_client(text: Text, position: lsp.Position, encoding: Encoding) -> Position:
    """Clamped to the text: clients may name places behind its end."""
    if position.line >= text.line_count:
        return text.end
    column = from_units(text.line(position.line), position.character, encoding)
    return Position(position.line, column)


def range_to_client(text: Text, range: Range, encoding: Encoding) -> lsp.Range:
    start = position_to_client(text, range.start, encoding)
    return lsp.Range(start, position_to_client(text, range.end, encoding))


def range_from_client(text: Text, range: lsp.Range, encoding: Encoding) -> Range:
    start = position_from_client(text, range.start, encoding)
    return Range(start, position_from_client(text, range.end, encoding))
