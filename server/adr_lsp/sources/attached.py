"""What each comment of a file stands at: the test that begins on the line below its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from adr_lsp.sources.hint import telling
from adr_lsp.sources.listing import Line
from adr_lsp.sources.places import ROOT, Outline
from adr_lsp.sources.verifies import after_keyword
from adr_lsp.value import dataclass

# The sign of a comment is no part of a list that goes on in its line.
_SIGN = re.compile(
    r"\s*(?:///*|/\*+|\*(?!/)|\\\*|\(\*+|#+|--+|;+|%+|<!--+|\{-|'|\"|REM\b|dnl\b)?[\s*!:|]*"
)
_FENCES = ("```", "~~~")

Inner = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Block:
    """Comments on lines of their own without a gap, or one comment beside code.

    `first` and `last` are comments by their number, `place` what they stand at.
    """

    first: int
    last: int
    place: int | None


def blocks(outline: Outline, inner: Inner | None = None) -> Iterator[Block]:
    """The blocks of comments that tell something; `inner` says of a comment whether it is about
    what it stands in."""
    starts = [start for start, _ in outline.comments]
    done = -1
    for byte in sorted(telling(outline.code.data)):
        index = bisect_right(starts, byte) - 1
        if index > done and byte < outline.comments[index][1]:
            block = _block(outline, index, inner)
            yield block
            done = block.last


def _block(outline: Outline, index: int, inner: Inner | None) -> Block:
    kind = inner and inner(_bytes(outline, index))
    first = last = index
    if _alone(outline, index):
        while first > 0 and _joined(outline, first - 1, inner, kind):
            first -= 1
        while last + 1 < len(outline.comments) and _joined(outline, last, inner, kind):
            last += 1
    return Block(first, last, _place(outline, first, last, about=bool(kind)))


def _bytes(outline: Outline, index: int) -> bytes:
    return outline.code.data[slice(*outline.comments[index])]


def _rows(outline: Outline, index: int) -> tuple[int, int]:
    start, end = outline.comments[index]
    return outline.row(start), outline.row(max(start, end - 1))


def _alone(outline: Outline, index: int) -> bool:
    """Whether a comment has its lines for itself."""
    start, end = outline.comments[index]
    first, last = _rows(outline, index)
    data = outline.code.data
    before = data[outline.lines[first] : start]
    return not before.strip() and not data[end : outline.line_end(last)].strip()


def _joined(outline: Outline, index: int, inner: Inner | None, kind: bool | None) -> bool:
    """Whether a comment and the next one are of one block."""
    here, there = _rows(outline, index), _rows(outline, index + 1)
    if here[1] + 1 != there[0] or not (_alone(outline, index) and _alone(outline, index + 1)):
        return False
    return not inner or all(inner(_bytes(outline, i)) == kind for i in (index, index + 1))


def _place(outline: Outline, first: int, last: int, *, about: bool) -> int | None:
    start, end = outline.comments[first][0], outline.comments[last][1]
    if about:
        return next(outline.around(start), ROOT)
    below = _below(outline, last) if _alone(outline, last) else _beside(outline, end)
    if below is not None:
        return below
    # Among the decorators.
    return next((i for i in outline.around(start) if start < outline.places[i].head), None)


def _below(outline: Outline, last: int) -> int | None:
    row = _rows(outline, last)[1] + 1
    if row >= len(outline.lines):
        return None
    return outline.beginning_in(outline.lines[row], outline.line_end(row) + 1)


def _beside(outline: Outline, end: int) -> int | None:
    """What begins in the same line, right behind the comment."""
    stop = outline.line_end(outline.row(max(end - 1, 0)))
    rest = outline.code.data[end:stop]
    blank = len(rest) - len(rest.lstrip())
    return outline.beginning_in(end + blank, end + blank + 1) if rest.strip() else None


def comment_lines(outline: Outline, told: list[Block]) -> Iterator[Line]:
    """Every line of the blocks, without what stands in fences."""
    for block in told:
        fence = ""
        for index in range(block.first, block.last + 1):
            for byte, row, text in _lines(outline, index):
                bare = text.strip()
                if bare.startswith(_FENCES):
                    fence = "" if bare[:3] == fence else fence or bare[:3]
                elif not fence:
                    yield Line(text, byte, row, "comment", block.place, after_keyword(text))


def _lines(outline: Outline, index: int) -> Iterator[tuple[int, int, str]]:
    """The lines of one comment without their signs."""
    start, end = outline.comments[index]
    first, last = _rows(outline, index)
    for row in range(first, last + 1):
        byte = max(start, outline.lines[row])
        text = outline.code.data[byte : min(end, outline.line_end(row))].decode(errors="replace")
        sign = _SIGN.match(text)
        skipped = sign.end() if sign else 0
        yield byte + len(text[:skipped].encode()), row, text[skipped:]
