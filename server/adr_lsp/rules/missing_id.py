"""
## What it does
Reports an item of an Invariants section that has no id.

## Why
A test names the invariant that it checks by its id. Without one, nothing can verify the item, and
its wording can change without anyone knowing which test it concerned.

## Example
````adr
# 4. One writer

## Invariants

- At any time at most one process writes.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL102 `At any time at most one process writes.` has no id
````

## How to mend
Begin the item with the next free id; the quick fix does it.

````adr
# 4. One writer

## Invariants

- **INV-1** *(mutual-exclusion)*: At any time at most one process writes.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot


@rule("ADL102", "missing-id", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def missing_id(record: Record, _: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        if invariant.id is None:
            place = first_line(record, invariant.statement_range)
            yield Finding(place, f"{quoted(invariant.statement)} has no id", invariant)
