"""The next invariant of a section, with the first id that is free."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adr_lsp.features.actions.ids import next_id
from adr_lsp.features.completion.model import Completion, Kind, Spot, like, literal
from adr_lsp.pattern import PATTERNS
from adr_lsp.record import InvariantSection, Record
from adr_lsp.record.model import Form

_ITEM = re.compile(r" {0,1}(?P<mark>[-*+][ \t]+)?(?P<typed>\*{0,2}(?:[A-Za-z]{1,12}(?:-\w*)?)?)\Z")
_HEADING = re.compile(r"(?P<mark>#{2,6}[ \t]+)(?P<typed>(?:[A-Za-z]{1,12}(?:-\w*)?)?)\Z")


def declarations(spot: Spot, record: Record) -> Iterable[Completion] | None:
    """On a line of an Invariants section on which nothing else stands."""
    section = _section(spot, record)
    if section is None or spot.after.strip(" *"):
        return None
    headed = _form(record, section) is Form.HEADING
    found = (_HEADING if headed else _ITEM).match(spot.before)
    if found is None or not (found["mark"] or found["typed"]):
        return None
    typed = found["typed"]
    id = next_id(spot.snapshot, record)
    fits = f"**{id}**" if typed.startswith("*") else id
    if not like(typed, fits):
        return ()
    text = declaration(id, headed=headed, snippet=spot.snippets)
    text = text if headed or found["mark"] else f"- {text}"
    at = spot.typed(typed)
    return (Completion(id, text, at, Kind.INVARIANT, "the next invariant", fits=fits,
                       snippet=spot.snippets),)  # fmt: skip


def declaration(id: str, *, headed: bool = False, snippet: bool) -> str:
    """`**INV-4** *(pattern)*: statement`, with places to fill in where the client knows them."""
    name = id if headed else f"**{id}**"
    if not snippet:
        return f"{name}: "
    patterns = ",".join(PATTERNS)
    return f"{literal(name)} *(${{1|{patterns}|}})*: ${{0:statement}}"


def _section(spot: Spot, record: Record) -> InvariantSection | None:
    line = spot.position.line
    for each in record.invariant_sections:
        body = each.section.body
        if each.section.heading.end.line < line and body.start <= spot.position <= body.end:
            return each
    return None


def _form(record: Record, section: InvariantSection) -> Form | None:
    """How the section declares, if it does."""
    body = section.section.body
    inside = (i for i in record.invariants if body.start <= i.range.start <= body.end)
    return next((i.form for i in inside), None)
