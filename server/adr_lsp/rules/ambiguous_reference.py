"""
## What it does
Reports a test that names an invariant which more than one record declares under the same name.

## Why
Its result cannot be counted for both: they are two promises. It is counted for none.

## Example
````adr docs/adr/0004-queue.md
# 4. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````adr docs/adr/0004-cache.md
# 4. Cache prices

## Invariants

- **INV-1**: A cached price is never older than one minute.
````
````python tests/test_queue.py
# Verifies: ADR-0004/INV-1
            ^^^^^^^^^^^^^^ ADL203 `ADR-0004/INV-1` is declared by `0004-cache` and `0004-queue`
def test_stays_within_capacity():
    ...
````

## How to mend
Write the record's full name, or give one of the records a number of its own:

````adr docs/adr/0004-queue.md
# 4. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````adr docs/adr/0004-cache.md
# 4. Cache prices

## Invariants

- **INV-1**: A cached price is never older than one minute.
````
````python tests/test_queue.py
# Verifies: 0004-queue/INV-1
def test_stays_within_capacity():
    ...
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference, Source


@rule("ADL203", "ambiguous-reference", Severity.ERROR, reads=LOG, doc=__doc__, about=Source)
def ambiguous_reference(source: Source, snapshot: Snapshot) -> Iterator[Finding]:
    for reference in source.references:
        if reference.id is not None:
            found = snapshot.log.resolve(reference.key, reference.id, source.path)
            declaring = [r for r in found.records if r.invariant(reference.id)]
            if len(declaring) > 1:
                yield _ambiguous(reference, reference.id, declaring, snapshot)


def _ambiguous(reference: Reference, id: str, records: list[Record], snapshot: Snapshot) -> Finding:
    first, second, *_ = records
    same = first.stem == second.stem
    one, other = (quoted(r.path if same else r.stem) for r in (first, second))
    name = quoted(f"{reference.key}/{id}")
    related = tuple(_place(record, id, snapshot) for record in records)
    message = f"{name} is declared by {one} and {other}"
    return Finding(reference.range, message, related=related)


def _place(record: Record, id: str, snapshot: Snapshot) -> Related:
    invariant = record.invariant(id)
    place = invariant.id_range if invariant else record.title_range
    return Related(record.path, place, f"{quoted(snapshot.log.key(record))} declares it here")
