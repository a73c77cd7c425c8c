"""The next free id of a record."""

from __future__ import annotations

import re

from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot

_NUMBER = re.compile(r"-(\d+)[a-z]?\Z")


def next_id(snapshot: Snapshot, record: Record, after: int = 0) -> str:
    """One above the highest number that the record declares, or `after`."""
    declared = (_NUMBER.search(invariant.id or "") for invariant in record.invariants)
    highest = max((int(number[1]) for number in declared if number), default=0)
    return f"{snapshot.config.prefixes[0]}-{max(highest, after) + 1}"
