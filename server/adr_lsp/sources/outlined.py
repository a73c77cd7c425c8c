"""Reads a file whose places are known: its tests, and all that names an invariant in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from adr_lsp.sources.attached import Block, Inner, blocks, comment_lines
from adr_lsp.sources.hint import might_refer, might_scaffold
from adr_lsp.sources.listing import Line, reference, references
from adr_lsp.sources.model import Reference, Source, Test
from adr_lsp.sources.places import Mark, Outline
from adr_lsp.sources.verifies import SCAFFOLD, identified, tagged

_SCAFFOLD = re.compile(SCAFFOLD.pattern.encode(), re.IGNORECASE)


def source(
    path: str,
    language: str,
    outline: Outline,
    prefixes: tuple[str, ...],
    *,
    inner: Inner | None = None,
    whole: str | None = None,
) -> Source:
    """The file's tests, and every place in it that names an invariant or a record."""
    data = outline.code.data
    referring, scaffolded = might_refer(data, prefixes), might_scaffold(data)
    told = list(blocks(outline, inner)) if referring or scaffolded else []
    named = _references(outline, told, prefixes) if referring else ()
    tests = tuple(_marked(outline, told)) if scaffolded else tuple(outline.tests)
    return Source(path, language, outline.code.content, tests, tuple(named), whole)


def _references(outline: Outline, told: list[Block], prefixes: tuple[str, ...]) -> list[Reference]:
    lines = [*comment_lines(outline, told), *_marker_lines(outline)]
    lines.sort(key=lambda line: line.byte)
    found = list(references(outline.code, outline.owned, lines, prefixes))
    for line in _named_lines(outline):
        form = tagged if line.form == "title" else identified
        items = form(line.text, prefixes)
        found += (reference(outline.code, outline.owned, line, item) for item in items)
    return sorted(found, key=lambda each: each.range.start)


def _marker_lines(outline: Outline) -> Iterator[Line]:
    for index, mark, text in _marks(outline):
        if mark.form == "marker":
            # What makes a word a tag is no part of its name.
            shown, row = text.replace("@", " "), outline.row(mark.start)
            yield Line(shown, mark.start, row, "marker", index, 0)


def _named_lines(outline: Outline) -> Iterator[Line]:
    for index, mark, text in _marks(outline):
        if mark.form != "marker":
            yield Line(text, mark.start, 0, mark.form, index, None)


def _marks(outline: Outline) -> Iterator[tuple[int, Mark, str]]:
    for index, place in enumerate(outline.places):
        for mark in place.marks:
            yield index, mark, outline.code.data[mark.start : mark.end].decode(errors="replace")


def _marked(outline: Outline, told: list[Block]) -> Iterator[Test]:
    """The tests, each with the place of a scaffold line that stands in it or above it; of several
    tests of one name, one that is a scaffold makes all of them so."""
    first: dict[str, tuple[int, int]] = {}
    for match in _SCAFFOLD.finditer(outline.code.data):
        for name in _holding(outline, told, match.start()):
            first.setdefault(name, match.span())
    for test in outline.tests:
        at = first.get(test.name)
        yield replace(test, scaffold=outline.code.range(*at)) if at else test


def _holding(outline: Outline, told: list[Block], byte: int) -> Iterator[str]:
    for test, (start, end) in zip(outline.tests, outline.spans, strict=True):
        if start <= byte < end:
            yield test.name
    for block in told:
        start, end = outline.comments[block.first][0], outline.comments[block.last][1]
        if start <= byte < end and block.place is not None:
            yield from outline.owned[block.place]
