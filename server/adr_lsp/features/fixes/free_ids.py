"""Ids of a record that nobody uses or used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from adr_lsp.decision_log import names
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot

_NUMBER = re.compile(r"-(\d{1,9})[a-z]?\Z")


def free_ids(snapshot: Snapshot, record: Record, after: int = 0) -> Iterator[str]:
    """Ids above all that the record declares, and above those that tests name of it: a test of
    an invariant that is gone must not come to speak for another one."""
    taken = [i.id for i in record.invariants if i.id]
    taken += [id for name in names(record) for id in _referred(snapshot).get(name, ())]
    numbers = (int(number[1]) for number in map(_NUMBER.search, taken) if number)
    first = max(after, max(numbers, default=0)) + 1
    return (f"{snapshot.config.prefixes[0]}-{number}" for number in count(first))


def _referred(snapshot: Snapshot) -> dict[str, list[str]]:
    """The ids that code names, by the record's normalised name."""
    if _referred not in snapshot.memo:
        found: dict[str, list[str]] = {}
        for name, id in snapshot.references.by_name:
            found.setdefault(name, []).append(id or "")
        snapshot.memo[_referred] = found
    known: dict[str, list[str]] = snapshot.memo[_referred]
    return known
