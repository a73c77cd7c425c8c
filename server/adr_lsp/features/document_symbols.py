"""The outline of a record: its invariants. Headings are for the Markdown of the editor to list."""

from __future__ import annotations

from adr_lsp.record import Invariant
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Symbol:
    """An invariant; `selection` lies inside `range`."""

    name: str
    detail: str
    range: Range
    selection: Range


def document_symbols(snapshot: Snapshot, path: str) -> list[Symbol]:
    record = snapshot.log.records.get(path)
    return [_of(invariant) for invariant in record.invariants] if record else []


def _of(invariant: Invariant) -> Symbol:
    inside = invariant.range.contains(invariant.id_range.end)
    selection = invariant.id_range if invariant.id and inside else invariant.range
    return Symbol(invariant.id or "(no id)", invariant.statement, invariant.range, selection)
