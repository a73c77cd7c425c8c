"""
## What it does
Reports a waiver whose day has passed, or that names no day or no reason.

## Why
A waiver is a debt with a due date. Past it, or without one, the invariant is simply unverified.
The day itself still belongs to the waiver, in UTC.

## Example
````adr
# 1. Capture once

## Invariants

- **INV-1** *(at-most-once)*: A payment with the same key is captured at most once.
  - Waived until 2021-03-31: the sandbox of the bank is not ready
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL410 the waiver of `INV-1` ended with `2021-03-31`
````

## How to mend
Verify the invariant, or set a new day and say what is still missing:

````adr
# 1. Capture once

## Invariants

- **INV-1** *(at-most-once)*: A payment with the same key is captured at most once.
  - Waived until 2999-12-31: the bank has no sandbox at all
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record, Waiver
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot


@rule("ADL410", "waiver-expired", Severity.ERROR, reads=RECORD, doc=__doc__)
def waiver_expired(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        if invariant.waiver is not None:
            fault = _fault(invariant.waiver, snapshot)
            if fault:
                place = first_line(record, invariant.waiver.range)
                name = quoted(invariant.id or invariant.statement)
                yield Finding(place, f"the waiver of {name} {fault}", invariant)


def _fault(waiver: Waiver, snapshot: Snapshot) -> str | None:
    if waiver.until is None:
        return "names no day that can be read, such as `2027-03-31`"
    if waiver.until < snapshot.now.astimezone(UTC).date():
        return f"ended with `{waiver.until.isoformat()}`"
    return None if waiver.reason.strip() else "gives no reason"
