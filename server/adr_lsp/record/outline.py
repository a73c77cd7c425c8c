"""The parts of a record: what stands between one heading and the next."""

from __future__ import annotations

from adr_lsp.markdown import Document, Part, below, parts
from adr_lsp.record.model import Section
from adr_lsp.text import Text

__all__ = ["Part", "below", "parts", "reach", "sections"]


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
    found: list[Section] = []
    ends: list[tuple[int, int]] = []  # (level, start) of headings further down, nearest last
    for heading in reversed(document.headings):
        while ends and ends[-1][0] > heading.level:
            ends.pop()
        end = ends[-1][1] if ends else len(document.content)
        ends.append((heading.level, heading.start))
        title = heading.title  # in code, the parser makes two blanks of CRLF
        title = " ".join(title.split()) if "  " in title else title
        found.append(Section(title, heading.level, heading.start, heading.end, end, text))
    return tuple(reversed(found))
