"""Where things stand in a text: positions, ranges and edits, with columns in code points."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import accumulate

from adr_lsp.value import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters: zero-based line, zero-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """From `start` up to, but without, `end`."""

    start: Position
    end: Position

    def contains(self, position: Position) -> bool:
        """True also at the very end, where a cursor stands behind the last character."""
        return self.start <= position <= self.end

    def overlaps(self, other: Range) -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `range` of the file at `path` (relative to the root) by `new_text`.

    A file that does not exist yet is created by an edit of its empty range at 0:0.
    """

    path: str
    range: Range
    new_text: str


@dataclass(frozen=True, slots=True)
class Move:
    """The file at `path` is renamed to `new_path`; both relative to the root."""

    path: str
    new_path: str


@dataclass(frozen=True, slots=True)
class Change:
    """Edits and renames that belong together. Edits name files as they are called before."""

    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are edited, in the order of their first edit."""
        return tuple(dict.fromkeys(edit.path for edit in self.edits))


START = Position(0, 0)
NOWHERE = Range(START, START)


def span(line: int, start: int, end: int) -> Range:
    return Range(Position(line, start), Position(line, end))


class Text:
    """One file's characters with an index of its lines.

    Lines end at LF, CRLF or CR alone, as LSP has it: form feeds, NEL and U+2028 end none.
    """

    __slots__ = ("_starts", "content")

    def __init__(self, content: str) -> None:
        self.content = content
        self._starts: array[int] | None = None

    @property
    def starts(self) -> array[int]:
        """The offset of each line's first character."""
        if self._starts is None:
            self._starts = _line_starts(self.content)
        return self._starts

    @property
    def line_count(self) -> int:
        return len(self.starts)

    def position(self, offset: int) -> Position:
        """The position of a character offset; offsets past the end give the end."""
        starts = self._starts or self.starts
        if not 0 <= offset <= len(self.content):
            offset = 0 if offset < 0 else len(self.content)
        line = bisect_right(starts, offset) - 1
        return Position(line, offset - starts[line])

    def offset(self, position: Position) -> int:
        """The character offset of a position; clamped to its line, and to the text."""
        line, column = position.line, position.column
        if line < 0:
            return 0
        starts = self._starts or self.starts
        if line >= len(starts):
            return len(self.content)
        start = starts[line]
        if line + 1 < len(starts) and column >= 0:
            before_last = starts[line + 1] - start - 1
            at = start + column
            if column < before_last or (column == before_last and self.content[at - 1] != "\r"):
                return at
        return min(start + max(0, column), start + len(self.line(line)))

    def range(self, start: int, end: int) -> Range:
        first = self.position(start)
        starts = self.starts
        if start <= end < (starts[first.line + 1] if first.line + 1 < len(starts) else 0):
            return Range(first, Position(first.line, end - starts[first.line]))
        return Range(first, self.position(end))

    def line(self, number: int) -> str:
        """A line without its line end; empty outside the text."""
        if not 0 <= number < self.line_count:
            return ""
        start = self.starts[number]
        last = number + 1 == self.line_count
        end = len(self.content) if last else self.starts[number + 1]
        return self.content[start:end] if last else self.content[start:end].rstrip("\r\n")

    def between(self, range: Range) -> str:
        return self.content[self.offset(range.start) : self.offset(range.end)]

    @property
    def end(self) -> Position:
        return self.position(len(self.content))

    @property
    def line_end(self) -> str:
        """The line end that this file uses: of its first line, else LF."""
        found = _LINE_END.search(self.content)
        return found.group() if found else "\n"


def _line_starts(content: str) -> array[int]:
    """Of plain numbers: as a list they would take as much room as the text."""
    if "\r" in content:
        return array("q", (0, *(end.end() for end in _LINE_END.finditer(content))))
    lengths = [len(line) + 1 for line in content.split("\n")]
    del lengths[-1]
    return array("i" if len(content) < 1 << 31 else "q", (0, *accumulate(lengths)))


def decode(raw: bytes) -> tuple[str, int | None]:
    """The characters of a file's bytes, and the offset of the first byte that is not UTF-8.

    A byte order mark is dropped; undecodable bytes become U+FFFD.
    """
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError as fault:
        return raw.decode("utf-8", errors="replace"), fault.start


def unquoted(path: str) -> str:
    """A path of a link as it is on disk: `a%20b` is `a b`."""
    if "%" not in path:
        return path
    from urllib.parse import unquote  # slow to import, and few need it

    return unquote(path)


def without_surrogates(content: str) -> str:
    """Lone surrogates, which no UTF-8 file can hold but a client can send, become U+FFFD."""
    return _SURROGATE.sub("\ufffd", content)


def apply_edits(content: str, edits: list[Edit]) -> str:
    """The text after all edits, which must not overlap; equal places keep their order."""
    text = Text(content)
    located = [(text.offset(e.range.start), text.offset(e.range.end), e.new_text) for e in edits]
    located.sort(key=lambda edit: edit[:2])
    for start, end, new in reversed(located):
        content = content[:start] + new + content[end:]
    return content
