"""The invariants of a record: which blocks declare one, and which of two forms is the stronger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from adr_lsp.markdown import Block, blocks, walk
from adr_lsp.record.assembly import (
    Reading,
    of_heading,
    of_item,
    of_paragraph,
    provisional,
)
from adr_lsp.record.canonical import canonical
from adr_lsp.record.declaration import Opening, opening
from adr_lsp.record.extension import extensions, sub_item
from adr_lsp.record.heading import heads_invariants, heads_unread
from adr_lsp.record.model import Invariant, InvariantSection, Section, Verifier
from adr_lsp.record.outline import Part, below, reach
from adr_lsp.record.strength import Candidate, strongest
from adr_lsp.record.table import rows
from adr_lsp.value import dataclass

_NONE = re.compile(
    r"\s*none(?:\s*(?::|\s[-–—]+(?=\s))\s*(?P<reason>[\s\S]*)|\s*\.?)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Declared:
    invariants: tuple[Invariant, ...] = ()
    sections: tuple[InvariantSection, ...] = ()
    verified_by: tuple[Verifier, ...] = ()


@dataclass(slots=True, eq=False)
class _Found:
    """What the blocks of one Invariants section have said so far."""

    candidates: list[Candidate] = field(default_factory=list)
    verified_by: list[Verifier] = field(default_factory=list)
    none_reason: str | None = None


def declared(reading: Reading, parts: list[Part], sections: tuple[Section, ...]) -> Declared:
    """All declarations of a record, in the order of the text."""
    candidates: list[Candidate] = []
    heads: list[InvariantSection] = []
    verified: list[Verifier] = []
    index = 0
    while index < len(parts):
        heading = parts[index].heading
        if heading and heads_unread(heading.title):
            index = reach(parts, index)
        elif heading and heads_invariants(heading.title):
            end = reach(parts, index)
            inside = _section(reading, parts[index:end])
            candidates.extend(inside.candidates)
            verified.extend(inside.verified_by)
            heads.append(InvariantSection(sections[index - 1], inside.none_reason))
            index = end
        else:
            candidates.extend(_elsewhere(reading, parts[index]))
            index += 1
    return Declared(tuple(strongest(candidates)), tuple(heads), tuple(verified))


def _section(reading: Reading, parts: list[Part]) -> _Found:
    """Below an Invariants heading: headings with an id alone, else items, rows and paragraphs."""
    if len(parts) == 1:
        simple = canonical(reading, parts[0])
        if simple is not None:
            return _Found([Candidate(invariant) for invariant in simple])
    read = list(_read_parts(parts))
    headings = [
        heading for heading in (_opened_heading(reading, part) for part in read[1:]) if heading
    ]
    if headings:
        return _Found([Candidate(of_heading(reading, *heading)) for heading in headings])
    found = _Found()
    for part in read:
        _flow(reading, below(reading.document, part), found)
    return found


def _opened_heading(reading: Reading, part: Part) -> tuple[Block, list[Block], Opening] | None:
    heading, *rest = blocks(reading.document, part)
    opened = opening(heading, reading.prefixes, styled=False)
    return (heading, rest, opened) if opened else None


def _read_parts(parts: list[Part]) -> Iterator[Part]:
    """The parts of a section without those of options."""
    index = 0
    while index < len(parts):
        part = parts[index]
        if index and part.heading and heads_unread(part.heading.title):
            index = reach(parts, index)
            continue
        yield part
        index += 1


def _flow(reading: Reading, found_blocks: list[Block], found: _Found) -> None:
    """Blocks one after another; a paragraph that declares takes what follows and is its own."""
    rest = list(found_blocks)
    while rest:
        block = rest.pop(0)
        if block.kind == "paragraph":
            _paragraph(reading, block, rest, found)
        elif block.kind == "list":
            _items(reading, block.children, found)
        elif block.kind == "table":
            found.candidates.extend(
                Candidate(row, True, says) for row, says in rows(reading, block)
            )


def _paragraph(reading: Reading, block: Block, rest: list[Block], found: _Found) -> None:
    none = _NONE.match(block.phrase.plain)
    opened = opening(block, reading.prefixes, styled=False)
    if none:
        found.none_reason = found.none_reason or folded(none["reason"] or "")
    elif extends := sub_item(block):
        found.verified_by.extend(extensions((extends,), reading.text).verified_by)
    elif opened:
        own = list(_taken(rest, colon=opened.statement.words.endswith(":")))
        found.candidates.append(Candidate(of_paragraph(reading, block, own, opened)))


def _taken(rest: list[Block], *, colon: bool) -> Iterator[Block]:
    """The blocks behind a declaring paragraph that belong to it, removed from `rest`."""
    while rest and rest[0].kind == "paragraph" and sub_item(rest[0]):
        yield rest.pop(0)
    if not rest or rest[0].kind != "list":
        return
    items = rest[0].children
    own = len(items) if colon else _leading(items)
    if own:
        yield _cut(rest[0], items[:own])
        rest[:1] = [_cut(rest[0], items[own:])] if items[own:] else []


def _leading(items: list[Block]) -> int:
    return next((index for index, item in enumerate(items) if not sub_item(item)), len(items))


def _cut(list_: Block, items: list[Block]) -> Block:
    return replace(list_, start=items[0].start, end=items[-1].end, children=items)


def _items(reading: Reading, items: Iterable[Block], found: _Found) -> None:
    for item in items:
        first = item.children[0] if item.children else None
        if not first or first.kind != "paragraph" or not first.phrase.plain.strip():
            continue
        none = _NONE.match(first.phrase.plain)
        opened = opening(first, reading.prefixes, styled=False)
        nested = () if opened else tuple(_styled_items(reading, item.children))
        if none:
            found.none_reason = found.none_reason or folded(none["reason"] or "")
        elif extends := sub_item(item):
            found.verified_by.extend(extensions((extends,), reading.text).verified_by)
        elif opened:
            found.candidates.append(Candidate(of_item(reading, item, opened)))
        elif nested:
            found.candidates.extend(Candidate(of_item(reading, *one)) for one in nested)
        else:
            found.candidates.append(Candidate(provisional(reading, item)))


def _elsewhere(reading: Reading, part: Part) -> Iterator[Candidate]:
    """Outside of such sections: headings and items that begin with an id in bold or code."""
    if not _may_name(reading, part):
        return
    found = blocks(reading.document, part)
    if part.heading and (opened := opening(found[0], reading.prefixes, styled=True)):
        yield Candidate(of_heading(reading, found[0], found[1:], opened), inside=False)
    for item, opened in _styled_items(reading, found):
        yield Candidate(of_item(reading, item, opened), inside=False, parted=opened.parted)


def _may_name(reading: Reading, part: Part) -> bool:
    """Whether something like an id stands there at all."""
    for name in reading.prefixes:
        if reading.document.content.find(name + "-", part.start, part.end) >= 0:
            return True
    return False


def _styled_items(reading: Reading, found: list[Block]) -> Iterator[tuple[Block, Opening]]:
    for block in walk(found):
        first = block.children[0] if block.kind == "item" and block.children else None
        if first and first.kind == "paragraph":
            opened = opening(first, reading.prefixes, styled=True)
            if opened:
                yield block, opened


def folded(words: str) -> str:
    return " ".join(words.split())
