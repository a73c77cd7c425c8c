"""A line below an invariant."""

from __future__ import annotations

from adr_lsp.features.actions.action import insertion
from adr_lsp.record import Invariant, Record
from adr_lsp.text import Edit


def sub_item(record: Record, invariant: Invariant, content: str) -> Edit | None:
    """None where the declaration can hold no sub-item (a table's row)."""
    if invariant.extension is None:
        return None
    text = f"{record.text.line_end}{invariant.indent}- {content}"
    return insertion(record.path, invariant.extension, text)
