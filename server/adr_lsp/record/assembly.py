"""Makes an invariant of the blocks that declare it: its statement, what extends it, its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from adr_lsp.markdown import Block, Document, walk
from adr_lsp.record.declaration import Opening, methods
from adr_lsp.record.extension import extends, extensions
from adr_lsp.record.line import Line
from adr_lsp.record.model import Form, Invariant
from adr_lsp.text import Position, Text

_WORD = re.compile(r"\S")
_PLACES_TO_EXTEND = ("paragraph", "list", "table", "code", "heading")


@dataclass(frozen=True, slots=True)
class Reading:
    """What every step needs: what was parsed, the record's path, and the prefixes of ids."""

    document: Document
    text: Text
    path: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a statement, and the blocks that extend the invariant."""

    statement: tuple[Line, ...]
    extending: tuple[Block, ...]


def of_item(reading: Reading, item: Block, opening: Opening) -> Invariant:
    """A list item: its own words, more paragraphs, and a list behind a colon."""
    body = gather(opening.statement, item.children[1:], whole=False)
    extension = _line_end(reading.text, item.end), _indent(reading.text, item)
    return made(reading, Form.ITEM, opening, body, (item.start, item.end), extension)


def of_heading(
    reading: Reading, heading: Block, below: tuple[Block, ...], opening: Opening
) -> Invariant:
    """A heading: its title and the blocks below it."""
    body = gather(opening.statement, below, whole=True)
    place = heading.start, below[-1].end if below else heading.end
    extension = _behind(reading.text, (heading, *below)), ""
    return made(reading, Form.HEADING, opening, body, place, extension)


def of_paragraph(
    reading: Reading, paragraph: Block, following: tuple[Block, ...], opening: Opening
) -> Invariant:
    """A paragraph with those blocks behind it that are its own."""
    body = gather(opening.statement, following, whole=False)
    own = (paragraph, *following)
    place = paragraph.start, own[-1].end
    return made(reading, Form.PARAGRAPH, opening, body, place, (_behind(reading.text, own), ""))


def provisional(reading: Reading, item: Block) -> Invariant:
    """An item of an Invariants section that has no id yet; the empty id stands at its words."""
    line = all_of(item.children[0])
    nowhere = Line(line.phrase, line.start, line.start)
    return of_item(reading, item, Opening("", nowhere, None, None, line))


def gather(first: Line, blocks: Iterable[Block], *, whole: bool) -> Body:
    """Parts the blocks into statement and extensions; `whole` takes every list and table."""
    lines, extending = [first], []
    for block in blocks:
        if block.kind == "paragraph":
            if extends(block):
                extending.append(block)
            else:
                lines.append(all_of(block))
        elif block.kind == "list":
            taken = whole or lines[-1].words.rstrip().endswith(":")
            extending.extend(item for item in block.children if extends(item))
            items = (item for item in block.children if taken and not extends(item))
            lines.extend(all_of(leaf) for item in items for leaf in walk((item,)))
        elif block.kind == "table" and whole:
            lines.extend(all_of(leaf) for leaf in walk((block,)))
    return Body(tuple(line for line in lines if line.words), tuple(extending))


def made(
    reading: Reading,
    form: Form,
    opening: Opening,
    body: Body,
    place: tuple[int, int],
    extension: tuple[Position | None, str],
) -> Invariant:
    """The value, once every part of it is known."""
    text = reading.text
    more = extensions(body.extending, text)
    places = [line.source() for line in body.statement or (opening.statement,)]
    return Invariant(
        path=reading.path,
        id=opening.id or None,
        form=form,
        statement=" ".join(" ".join(line.words for line in body.statement).split()),
        range=text.range(*place),
        statement_range=text.range(places[0][0], max(end for _, end in places)),
        id_range=opening.id_line.bare_range(text),
        pattern=opening.pattern.words if opening.pattern else None,
        pattern_range=opening.pattern.range(text) if opening.pattern else None,
        needs=methods(opening.needs),
        needs_range=opening.needs.range(text) if opening.needs else None,
        verified_by=more.verified_by,
        targets=more.targets,
        waiver=more.waiver,
        argument=more.argument,
        applies_to=more.applies_to,
        extension=extension[0],
        indent=extension[1],
    )


def all_of(block: Block) -> Line:
    """Every word of a leaf."""
    return Line(block.phrase, 0, len(block.phrase.plain)).part(0, len(block.phrase.plain))


def _indent(text: Text, item: Block) -> str:
    """The white space before a sub-item: as its siblings have it, else below the item's words."""
    lists = [block for block in item.children if block.kind == "list"]
    beside = lists[-1] if lists else item.children[0]
    place = text.position(beside.start)
    return _WORD.sub(" ", text.line(place.line)[: place.column])


def _behind(text: Text, own: tuple[Block, ...]) -> Position:
    """Behind the last block that an item may follow directly."""
    end = next(block.end for block in reversed(own) if block.kind in _PLACES_TO_EXTEND)
    return _line_end(text, end)


def _line_end(text: Text, offset: int) -> Position:
    line = text.position(offset).line
    return Position(line, len(text.line(line)))
