"""The parts of a record: what stands between one heading and the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from adr_lsp.markdown import Block, Document, Heading, blocks
from adr_lsp.record.model import Section
from adr_lsp.text import Position, Range, Text


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (None before the first) with the events and characters down to the next one."""

    heading: Heading | None
    first: int
    last: int
    start: int
    end: int


def parts(document: Document) -> list[Part]:
    """The whole document, cut at its headings."""
    found: list[Part] = []
    heading, first, start = None, 0, 0
    for following in document.headings:
        found.append(Part(heading, first, following.event, start, following.start))
        heading, first, start = following, following.event, following.start
    found.append(Part(heading, first, len(document.events), start, len(document.content)))
    return found


def below(document: Document, part: Part) -> tuple[Block, ...]:
    """The blocks of a part without its heading."""
    found = blocks(document, part.first, part.last)
    return found[1:] if part.heading else found


def reach(found: list[Part], index: int) -> int:
    """The part that follows the section which begins with the part at `index`."""
    heading = found[index].heading
    level = heading.level if heading else 0
    for following in range(index + 1, len(found)):
        other = found[following].heading
        if other and other.level <= level:
            return following
    return len(found)


def sections(document: Document, text: Text) -> tuple[Section, ...]:
    """Every heading with what stands below it, down to the next of its level or above."""
    return tuple(_sections(document, text))


def _sections(document: Document, text: Text) -> Iterator[Section]:
    headings = document.headings
    starts = [text.position(heading.start) for heading in headings]
    for index, heading in enumerate(headings):
        end = text.position(heading.end)
        body = Position(end.line + 1, 0) if end.line + 1 < text.line_count else end
        closing = text.end
        for following in range(index + 1, len(headings)):
            if headings[following].level <= heading.level:
                closing = starts[following]
                break
        yield Section(
            heading.title, heading.level, Range(starts[index], end), Range(body, max(body, closing))
        )
