"""One line of a record as a reader sees it, with the way back to its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from adr_lsp.markdown import Block, Phrase, Span
from adr_lsp.text import Range, Text
from adr_lsp.value import dataclass


@dataclass(slots=True, eq=False)
class Line:
    """A part of a phrase, by plain offsets; `shift` is added to every source offset."""

    phrase: Phrase
    start: int
    end: int
    shift: int = 0

    @property
    def words(self) -> str:
        return self.phrase.plain[self.start : self.end]

    def part(self, start: int, end: int) -> Line:
        """A part of this line, by offsets into its own words, without white space around."""
        words = self.words[start:end]
        stripped = words.lstrip()
        first = self.start + start + len(words) - len(stripped)
        return Line(self.phrase, first, first + len(stripped.rstrip()), self.shift)

    def range(self, text: Text) -> Range:
        """Where it stands, with the markup of spans that lie wholly in it."""
        start, end = self.source()
        return text.range(start, end)

    def bare_range(self, text: Text) -> Range:
        """Where its characters stand, without markup around them."""
        return text.range(*self._characters())

    def source(self) -> tuple[int, int]:
        start, end = self._characters()
        spans = self.phrase.spans  # in the order of their ends
        first = bisect_right(spans, self.start, key=_end_of)
        last = bisect_right(spans, self.end, key=_end_of)
        for span in spans[first:last]:
            if self.start <= span.start < span.end:
                start = min(start, span.source_start + self.shift)
                end = max(end, span.source_end + self.shift)
        return start, end

    def _characters(self) -> tuple[int, int]:
        start, end = self.phrase.place(self.start, self.end)
        return start + self.shift, end + self.shift


def _end_of(span: Span) -> int:
    return span.end


def lines(block: Block) -> Iterator[Line]:
    """The lines of a paragraph, heading or cell, without empty ones."""
    start = 0
    for words in block.phrase.plain.split("\n"):
        stripped = words.lstrip()
        first = start + len(words) - len(stripped)
        if stripped:
            yield Line(block.phrase, first, first + len(stripped.rstrip()))
        start += len(words) + 1


def whole(block: Block) -> Line:
    """Every word of a leaf."""
    plain = block.phrase.plain
    stripped = plain.lstrip()
    first = len(plain) - len(stripped)
    return Line(block.phrase, first, first + len(stripped.rstrip()))
