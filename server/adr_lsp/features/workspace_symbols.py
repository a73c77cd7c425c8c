"""Records and invariants of a root, found by any of their words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from heapq import nsmallest

from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range
from adr_lsp.value import dataclass

MOST = 200
LONGEST = 120


class Named(StrEnum):
    RECORD = "record"
    INVARIANT = "invariant"


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """`name` holds the words too, since editors look in it again; `key` leads to it alone, and
    is missing while an invariant is provisional; `within` is its record."""

    name: str
    key: str | None
    kind: Named
    path: str
    range: Range
    within: str


def workspace_symbols(snapshot: Snapshot, query: str) -> list[FoundSymbol]:
    """The likest first; the words of the query in any order, also with letters left out."""
    words = query.lower().split()
    ranked = ((_unlike(words, each), each) for each in _all(snapshot))
    found = ((rank, each.path, each.range, each) for rank, each in ranked if rank is not None)
    return [each for *_, each in nsmallest(MOST, found, key=lambda f: f[:3])]


def _all(snapshot: Snapshot) -> Iterator[FoundSymbol]:
    for record in snapshot.log.records.values():
        key = snapshot.log.key(record)
        title = f"{key} {record.title}".strip()
        yield FoundSymbol(title, key, Named.RECORD, record.path, record.title_range, record.log)
        for invariant in record.invariants:
            name = f"{key}/{invariant.id or '(no id)'}: {invariant.statement}"[:LONGEST]
            own = f"{key}/{invariant.id}" if invariant.id else None
            yield FoundSymbol(name, own, Named.INVARIANT, record.path, invariant.id_range, title)


def _unlike(words: list[str], symbol: FoundSymbol) -> int | None:
    """0 for all words as they are; more for letters in between; None where one is missing."""
    name, unlike = symbol.name.lower(), 0
    for word in words:
        if word in name:
            continue
        rest = iter(name)
        if not all(sign in rest for sign in word):
            return None
        unlike += 1
    return unlike
