"""Ids for invariants without one (ADL102), and for those whose id is taken (ADL201)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.features.fixes.free_ids import free_ids
from adr_lsp.record import Record
from adr_lsp.record.declaration import meant_id
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    """Each gets an id of its own. Another id for a promise is not safe: tests name it by the old
    one."""
    ordered = sorted(findings, key=lambda finding: (finding.path, finding.range))
    for path, mine in groupby(ordered, key=lambda finding: finding.path):
        record = snapshot.log.records.get(path)
        if record is None:
            continue
        free = free_ids(snapshot, record)
        for finding in mine:
            if finding.code != "ADL102":
                id = next(free)
                yield replacing(finding, f"Rename to {id}", finding.range, id)
            elif not _has_one(snapshot, record, finding.range.start):
                id = next(free)
                before = in_front(record, finding.range.start)
                yield replacing(finding, f"Assign the id {id}", before, f"**{id}**: ", safe=True)


def _has_one(snapshot: Snapshot, record: Record, start: Position) -> bool:
    """Whether its author gave it an id, in a way or at a place that is not read: another one would
    make two."""
    said = (i.statement for i in record.invariants if i.statement_range.start == start)
    statement = next(said, None)
    return statement is None or meant_id(snapshot.config.prefixes, statement) is not None


def in_front(record: Record, start: Position) -> Range:
    """Where words begin, with the backslash that escapes the first of them."""
    escaped = record.text.line(start.line)[: start.column].endswith("\\")
    place = Position(start.line, start.column - 1) if escaped else start
    return Range(place, place)
