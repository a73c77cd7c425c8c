"""What each comment of a file stands at: the test that begins on the line below its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from adr_lsp.sources.hint import telling
from adr_lsp.sources.listing import Line
from adr_lsp.sources.places import ROOT, Outline
from adr_lsp.sources.verifies import after_keyword, continues
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
    alone = _alone(outline, index)
    while alone and first > 0 and _joined(outline, first - 1, inner, kind):
        first -= 1
    while last + 1 < len(outline.comments) and (alone or _goes_on(outline, last)):
        if not _below(outline, last, inner, kind):
            break
        last += 1
    return Block(first, last, _place(outline, first, last, about=bool(kind)))


def _goes_on(outline: Outline, index: int) -> bool:
    """Whether a list goes on below a comment that stands behind code."""
    return continues(_bytes(outline, index).decode(errors="replace"))


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
    """Whether a comment that has its lines for itself is of one block with the next one."""
    below = _below(outline, index, inner, kind)
    return below and _alone(outline, index) and (not inner or inner(_bytes(outline, index)) == kind)


def _below(outline: Outline, index: int, inner: Inner | None, kind: bool | None) -> bool:
    """Whether the next comment has the next line for itself, and is of the kind."""
    if _rows(outline, index)[1] + 1 != _rows(outline, index + 1)[0]:
        return False
    return _alone(outline, index + 1) and (not inner or inner(_bytes(outline, index + 1)) == kind)


def _place(outline: Outline, first: int, last: int, *, about: bool) -> int | None:
    start, end = outline.comments[first]
    if about:
        return next(outline.around(start), ROOT)
    alone = _alone(outline, first)
    at = _under(outline, last) if alone else _beside(outline, end)
    if at is not None:
        return at
    # Among the decorators.
    return next((i for i in outline.around(start) if start < outline.places[i].head), None)


def _under(outline: Outline, last: int) -> int | None:
    """What begins in the line below a block."""
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
