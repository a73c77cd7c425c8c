"""
## What it does
Reports a record whose number another record of the same folder already has. The first by path keeps
the number; the finding stands on the later ones. Folders inside of a log number their records each
by themselves.

With `--base REF` it also reports a new record whose number REF has given to another one since this
branch left it.

## Why
`ADR-0004` in a comment or a test then means two decisions, and whoever follows it reads the wrong
one.

## Example
````adr docs/adr/0004-cache-prices.md
# 4. Cache prices
````
````adr docs/adr/0004-queue.md
# 4. Bound the queue
  ^^^^^^^^^^^^^^^^^^ ADL501 `ADR-0004` already names `0004-cache-prices.md`
````

## How to mend
Give the later record the next free number, in its file name and its title:

````adr docs/adr/0004-cache-prices.md
# 4. Cache prices
````
````adr docs/adr/0005-queue.md
# 5. Bound the queue
````
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Record
from adr_lsp.record.key import series_of
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.place import home
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.taken import taken_numbers


@rule("ADL501", "duplicate-number", Severity.WARNING, reads=LOG, doc=__doc__)
def duplicate_number(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if record.number is None:
        return
    for taken in taken_numbers(snapshot):
        if taken.record.path == record.path:
            name = quoted(_from(record, taken.there), 60)
            there = quoted(snapshot.base_name)
            yield Finding(record.title_range, f"{quoted(record.key)} names {name} on {there}")
    if snapshot.log.alone(record):
        return
    named = snapshot.log.named(record.key)
    same = (r for r in named if home(r) == home(record) and _one_series(r, record))
    first = min(same, key=lambda other: other.path, default=record)
    if first.path != record.path:
        key = quoted(record.key)
        name = quoted(_from(record, first), 60)
        message = f"{key} already names {name}"
        related = Related(first.path, first.title_range, f"{key} is this record first")
        yield Finding(record.title_range, message, related=(related,))


def _one_series(one: Record, other: Record) -> bool:
    return one.key == other.key and series_of(one.stem) == series_of(other.stem)


def _from(record: Record, other: Record) -> str:
    return posixpath.relpath(other.path, posixpath.dirname(record.path))
