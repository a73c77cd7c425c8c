"""The outline of a record: its sections, and its invariants below them."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp.record import Record, Section
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range


@dataclass(frozen=True, slots=True)
class Symbol:
    """`kind` is `section` or `invariant`; `selection` lies inside `range`."""

    name: str
    detail: str
    kind: str
    range: Range
    selection: Range
    children: tuple[Symbol, ...] = ()


def document_symbols(snapshot: Snapshot, path: str) -> list[Symbol]:
    record = snapshot.log.records.get(path)
    return _nested(record, list(record.sections), _invariants(record)) if record else []


def _invariants(record: Record) -> list[Symbol]:
    return [
        Symbol(
            invariant.id or "(no id)",
            invariant.statement,
            "invariant",
            invariant.range,
            invariant.id_range
            if invariant.range.contains(invariant.id_range.start)
            else invariant.range,
        )
        for invariant in record.invariants
    ]


def _nested(record: Record, sections: list[Section], invariants: list[Symbol]) -> list[Symbol]:
    """Each section holds the sections and invariants that stand in it."""
    symbols: list[Symbol] = []
    while sections:
        first = sections.pop(0)
        whole = Range(first.heading.start, max(first.heading.end, first.body.end))
        inner = [s for s in sections if whole.start <= s.heading.start < whole.end]
        sections = [s for s in sections if s not in inner]
        mine = [i for i in invariants if whole.start <= i.range.start < whole.end]
        invariants = [i for i in invariants if i not in mine]
        children = _nested(record, inner, mine)
        symbols.append(
            Symbol(
                first.title or "(untitled)", "", "section", whole, first.heading, tuple(children)
            )
        )
    return sorted([*symbols, *invariants], key=lambda symbol: symbol.range.start)
