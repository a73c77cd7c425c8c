"""What a record is called in a file."""

from __future__ import annotations

from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot


def name_from(snapshot: Snapshot, record: Record, path: str) -> str:
    """Its key alone where that leads to it from there; else the name that does from anywhere."""
    found = snapshot.log.resolve(record.key, None, path).record
    return record.key if found is record else snapshot.log.key(record)
