"""Rows of a table that declare invariants, and rows that only say who verifies one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from adr_lsp.markdown import Block
from adr_lsp.record.assembly import Body, Reading, made, trimmed
from adr_lsp.record.declaration import Opening, opening
from adr_lsp.record.extension import verifiers
from adr_lsp.record.heading import bare
from adr_lsp.record.line import Line, whole
from adr_lsp.record.model import Form, Invariant, Target
from adr_lsp.text import Text

_VERIFIED = re.compile(r"(?:verified|enforced|tested|checked|proved) by")
_STATED = re.compile(
    r"statement|invariants?|propert(?:y|ies)|descriptions?|rules?|guarantees?|definition|promise"
)
_NOT_STATED = re.compile(
    r"(?:verified|enforced|tested|checked|proved|covered) by|(?:unit |property )?tests?|test files?"
    r"|files?|paths?|evidence|where|location|links?|code|module|target|status|pattern|kind|needs"
    r"|method|owner|adrs?|section|verdict|result|tool|coverage"
)
_REFERENCE = re.compile(
    r"[\w.-]*[/\\][\w./\\:#!\[\]-]*|[\w./-]+(?:::|#|!)[\w:.\[\]-]+|[\w-]+\.[a-z]\w{0,4}|test_\w+"
)
_BETWEEN = re.compile(r"[\s,;]+")


def rows(reading: Reading, table: Block) -> Iterator[tuple[Invariant, bool]]:
    """Each row that begins with an id, and whether it states what that id promises."""
    head = [bare(cell.phrase.plain) for cell in table.children[0].children]
    for row in table.children[1:]:
        cells = row.children
        declares = opening(cells[0], reading.prefixes, styled=False) if cells else None
        if declares:
            yield _row(reading, head, row, declares)


def _row(
    reading: Reading, head: list[str], row: Block, declares: Opening
) -> tuple[Invariant, bool]:
    cells = [whole(cell) for cell in row.children]
    stated = _statement(head, cells, declares)
    nothing = cells[0].part(len(cells[0].words), len(cells[0].words))
    body = Body([stated] if stated else [], [])
    opened = _with_columns(declares, head, cells, stated or nothing)
    place = reading.text.range(row.start, trimmed(reading.text, row))
    made_of = made(reading, Form.ROW, opened, body, place, (None, ""))
    return _extended(made_of, head, cells, reading.text), stated is not None


def _statement(head: list[str], cells: list[Line], declares: Opening) -> Line | None:
    """The words of the first cell behind the id, else the cell that says what is promised."""
    if declares.statement.words:
        return declares.statement
    columns = list(zip(head[1:], cells[1:], strict=False))
    named = [cell for name, cell in columns if _STATED.fullmatch(name)]
    others = [cell for name, cell in columns if not _NOT_STATED.fullmatch(name)]
    chosen = next(iter([*named, *others]), None)
    return chosen if chosen and chosen.words and not _only_refers(chosen.words) else None


def _only_refers(words: str) -> bool:
    """It is nothing but paths and names of tests."""
    return all(_REFERENCE.fullmatch(word) for word in _BETWEEN.split(words) if word)


def _with_columns(
    declares: Opening, head: list[str], cells: list[Line], statement: Line
) -> Opening:
    """The opening with what a Pattern and a Needs column say."""
    column = dict(zip(head, cells, strict=False))
    pattern = declares.pattern or _said(column.get("pattern"))
    needs = declares.needs or _said(column.get("needs"))
    return Opening(declares.id, declares.id_line, pattern, needs, statement)


def _said(cell: Line | None) -> Line | None:
    return cell if cell and cell.words else None


def _extended(row: Invariant, head: list[str], cells: list[Line], text: Text) -> Invariant:
    verified, targets = list(row.verified_by), list(row.targets)
    for name, cell in zip(head, cells, strict=False):
        if _VERIFIED.fullmatch(name):
            verified.extend(verifiers(cell, text))
        elif name == "target" and cell.words:
            targets.append(Target(cell.words, cell.range(text)))
    return replace(row, verified_by=tuple(verified), targets=tuple(targets))
