"""
## What it does
Reports a date of a record that cannot be read as one, or that is no day of the calendar. Off unless
it is selected.

## Why
Tools sort and select records by date (`since = "2026-01-01"`). A date that cannot be read counts as
none.

## Example
````toml adr-lsp.toml
select = ["ADL512"]
````
````adr
# 1. Use queues

Date: 2024-02-31
      ^^^^^^^^^^ ADL512 `2024-02-31` is no date
````

## How to mend
Write it as `YYYY-MM-DD`:

````toml adr-lsp.toml
select = ["ADL512"]
````
````adr
# 1. Use queues

Date: 2024-02-29
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.record.dates import iso_date
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE


@rule("ADL512", "invalid-date", None, reads=RECORD, doc=__doc__, opt_in=Severity.WARNING)
def invalid_date(record: Record, _: Snapshot) -> Iterator[Finding]:
    words = record.text.between(record.date_range)
    if record.date_range != NOWHERE and iso_date(words) is None:
        yield Finding(first_line(record, record.date_range), f"{quoted(words)} is no date")
