"""
## What it does
Reports a status that is none of: accepted, proposed, rejected, deprecated, superseded, draft, or a
common word for one of them.

## Why
An unknown status counts as accepted, because a decision that nobody withdrew binds. If that is not
what is meant, the findings on this record are wrong.

## Example
````adr
# 9. Shard by customer

## Status

Parked
^^^^^^ ADL503 `Parked` is no known status and counts as accepted
````

## How to mend
Use the word that says whether the decision binds:

````adr
# 9. Shard by customer

## Status

Proposed
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record, Status
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot


@rule("ADL503", "unknown-status", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def unknown_status(record: Record, _: Snapshot) -> Iterator[Finding]:
    if record.status is Status.OTHER:
        status = quoted(record.status_text)
        message = f"{status} is no known status and counts as accepted"
        yield Finding(first_line(record, record.status_range), message)
