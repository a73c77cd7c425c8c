"""Which invariants lines are about: those that stand there, or that a test there verifies."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.record import Invariant
from adr_lsp.snapshot import Snapshot, invariants_of
from adr_lsp.text import Range


def keys_within(snapshot: Snapshot, path: str, first: int, last: int) -> list[str]:
    """Canonical keys, in the order of the file; the last line counts too."""
    found = (snapshot.log.invariant_key(each) for each in _within(snapshot, path, first, last))
    return list(dict.fromkeys(key for key in found if key))


def _within(snapshot: Snapshot, path: str, first: int, last: int) -> Iterator[Invariant]:
    record, source = snapshot.log.records.get(path), snapshot.sources.get(path)
    if record:
        yield from (each for each in record.invariants if _meets(each.range, first, last))
        return
    for test in source.tests if source else ():
        if _meets(test.range, first, last):
            for _, invariant in invariants_of(snapshot, path, test.name):
                yield invariant


def _meets(range: Range, first: int, last: int) -> bool:
    """A range that ends before a line's first character has nothing of that line."""
    end = range.end.line - (range.end.column == 0 and range.end > range.start)
    return range.start.line <= last and first <= end
