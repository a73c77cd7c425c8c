"""The next free id of a record."""

from __future__ import annotations

from adr_lsp.features.fixes.free_ids import free_ids
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot


def next_id(snapshot: Snapshot, record: Record, after: int = 0) -> str:
    """The first of the free ids with a number above `after`."""
    return next(free_ids(snapshot, record, after))
