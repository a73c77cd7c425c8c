"""Makes an invariant of the blocks that declare it: its statement, what extends it, its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from adr_lsp.markdown import Block, Document, walk
from adr_lsp.record.declaration import Opening, methods
from adr_lsp.record.extension import SubItem, extensions, sub_item
from adr_lsp.record.line import Line, whole
from adr_lsp.record.model import Form, Invariant
from adr_lsp.text import Position, Range, Text
from adr_lsp.value import dataclass

_WORD = re.compile(r"\S")
_PLACES_TO_EXTEND = ("paragraph", "list", "table", "heading")
_ENDING = ("paragraph", "list")
_LINE_ENDS = ("\n", "\r", "")
_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Reading:
    """What every step needs: what was parsed, the record's path, and the prefixes of ids."""

    document: Document
    text: Text
    path: str
    prefixes: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Body:
    """The lines of a statement, and what extends the invariant."""

    statement: list[Line]
    extending: list[SubItem]


def of_item(reading: Reading, item: Block, opening: Opening) -> Invariant:
    """A list item: its own words, more paragraphs, and a list behind a colon."""
    body = gather(opening.statement, item.children[1:], whole_lists=False)
    text = reading.text
    end = trimmed(text, item)
    place = text.range(item.start, end)
    simple = item.children[-1].kind in _ENDING and text.content[end : end + 1] in _LINE_ENDS
    behind = place.end if simple else _behind(text, item.children)
    return made(reading, Form.ITEM, opening, body, place, (behind, _indent(text, item)))


def of_heading(reading: Reading, heading: Block, below: list[Block], opening: Opening) -> Invariant:
    """A heading: its title and the blocks below it."""
    body = gather(opening.statement, below, whole_lists=True)
    own = [heading, *below]
    place = reading.text.range(heading.start, trimmed(reading.text, own[-1]))
    return made(reading, Form.HEADING, opening, body, place, (_behind(reading.text, own), ""))


def of_paragraph(
    reading: Reading, paragraph: Block, following: list[Block], opening: Opening
) -> Invariant:
    """A paragraph with those blocks behind it that are its own."""
    body = gather(opening.statement, following, whole_lists=False)
    own = [paragraph, *following]
    place = reading.text.range(paragraph.start, trimmed(reading.text, own[-1]))
    return made(reading, Form.PARAGRAPH, opening, body, place, (_behind(reading.text, own), ""))


def provisional(reading: Reading, item: Block) -> Invariant:
    """An item of an Invariants section that has no id yet; the empty id stands at its words."""
    line = whole(item.children[0])
    nowhere = Line(line.phrase, line.start, line.start)
    return of_item(reading, item, Opening("", nowhere, None, None, line))


def gather(first: Line, blocks: Iterable[Block], *, whole_lists: bool) -> Body:
    """Parts the blocks into statement and extensions; or takes every list and table whole."""
    lines = [first] if first.end > first.start else []
    extending: list[SubItem] = []
    for block in blocks:
        if block.kind == "paragraph":
            extends = sub_item(block)
            if extends:
                extending.append(extends)
            else:
                lines.append(whole(block))
        elif block.kind == "list":
            taken = whole_lists or bool(lines and lines[-1].words.endswith(":"))
            for item in block.children:
                extends = sub_item(item)
                if extends:
                    extending.append(extends)
                elif taken:
                    lines.extend(map(whole, walk((item,))))
        elif block.kind == "table" and whole_lists:
            lines.extend(map(whole, walk((block,))))
    return Body([line for line in lines if line.end > line.start], extending)


def made(
    reading: Reading,
    form: Form,
    opening: Opening,
    body: Body,
    place: Range,
    extension: tuple[Position | None, str],
) -> Invariant:
    """The value, once every part of it is known."""
    text = reading.text
    more = extensions(body.extending, text)
    statement = body.statement or [opening.statement]
    start, end = statement[0].source()
    if len(statement) > 1:
        end = max(end, statement[-1].source()[1])
    pattern, needs = opening.pattern, opening.needs
    return Invariant(
        reading.path,
        opening.id or None,
        form,
        " ".join(" ".join([line.words for line in body.statement]).split()),
        place,
        text.range(start, end),
        opening.id_line.bare_range(text),
        pattern.words if pattern else None,
        pattern.range(text) if pattern else None,
        methods(needs.words if needs else None),
        needs.range(text) if needs else None,
        more.verified_by,
        more.targets,
        more.waiver,
        more.argument,
        more.applies_to,
        *extension,
        more.superseded_by,
    )


def trimmed(text: Text, block: Block) -> int:
    """Where a block ends without the white space behind it."""
    return block.start + len(text.content[block.start : block.end].rstrip())


def _indent(text: Text, item: Block) -> str:
    """The white space before a sub-item: as its siblings have it, else below the item's words."""
    beside = item.children[0]
    for block in item.children:
        if block.kind == "list":
            beside = block
    starts = text.starts
    lead = text.content[starts[bisect_right(starts, beside.start) - 1] : beside.start]
    return _WORD.sub(" ", lead) if "\t" in lead else " " * len(lead)


def _behind(text: Text, own: list[Block]) -> Position:
    """Behind the last block that an item may follow directly."""
    block = next(block for block in reversed(own) if _ends(text, block))
    line = text.position(trimmed(text, block)).line
    return Position(line, len(text.line(line)))


def _ends(text: Text, block: Block) -> bool:
    """Whether the next line is no more part of the block: a fence may be open."""
    if block.kind != "code":
        return block.kind in _PLACES_TO_EXTEND
    words = text.content[block.start : block.end].split()
    return words[0][:3] not in _FENCES or (len(words) > 1 and words[-1][:3] == words[0][:3])
