"""
## What it does
Reports an invariant whose id another invariant of the record already has. Only two declarations of
the same form clash: an id that stands in a list and again in a table is declared once, and
mentioned once.

## Why
A test names the invariant that it checks by its id. One id cannot stand for two promises.

## Example
````adr
# 7. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
- **INV-1**: A full queue rejects new items.
    ^^^^^ ADL201 `INV-1` is already used on line 5
````

## How to mend
Give the later one the next free id:

````adr
# 7. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
- **INV-2**: A full queue rejects new items.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Form, Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot


@rule("ADL201", "duplicate-id", Severity.ERROR, reads=RECORD, doc=__doc__)
def duplicate_id(record: Record, _: Snapshot) -> Iterator[Finding]:
    seen: dict[tuple[str, Form], Invariant] = {}
    for invariant in record.invariants:
        if invariant.id is None:
            continue
        first = seen.setdefault((invariant.id, invariant.form), invariant)
        if first is not invariant:
            name = quoted(invariant.id)
            message = f"{name} is already used on line {first.id_range.start.line + 1}"
            related = Related(record.path, first.id_range, f"{name} stands here first")
            yield Finding(invariant.id_range, message, invariant, related=(related,))
