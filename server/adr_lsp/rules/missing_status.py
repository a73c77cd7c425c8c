"""
## What it does
Reports a record without a status in a log in which more than two thirds of the others have one.

## Why
A record without a status counts as accepted. Where all others say whether they bind, its silence is
more likely an oversight than a decision.

## Example
````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Accepted
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

## Status

Proposed
````
````adr docs/adr/0003-use-events.md
# 3. Use events
  ^^^^^^^^^^^^^ ADL505 `Use events` has no status; 2 of the 2 others here have one
````

## How to mend
Say whether the decision binds:

````adr docs/adr/0003-use-events.md
# 3. Use events

## Status

Accepted
````
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record, Status
from adr_lsp.record.heading import heads_status
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.rules.problems import is_unread
from adr_lsp.snapshot import Snapshot

FEWEST = 2  # siblings that have one make a custom


@rule("ADL505", "missing-status", Severity.INFORMATION, reads=LOG, doc=__doc__)
def missing_status(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    keyed = record.number is not None or record.date is not None
    if record.status is not Status.NONE or not keyed or _has_section(record):
        return
    if is_unread(record):
        return
    having, all_ = _counts(snapshot)[record.log]
    others = all_ - 1
    if having >= FEWEST and 3 * having > 2 * others:
        title = quoted(record.title or record.stem)
        message = f"{title} has no status; {having} of the {others} others here have one"
        yield Finding(first_line(record, record.title_range), message)


def _has_section(record: Record) -> bool:
    """Whether a section of that name stands anywhere, also where nobody looks for it."""
    return any(heads_status(section.title) for section in record.sections)


def _counts(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """Of each log how many records have a status, and how many it has."""
    if _counts not in snapshot.memo:
        records = snapshot.log.records.values()
        having = Counter(record.log for record in records if record.status is not Status.NONE)
        all_ = Counter(record.log for record in records)
        snapshot.memo[_counts] = {log: (having[log], all_[log]) for log in all_}
    found: dict[str, tuple[int, int]] = snapshot.memo[_counts]
    return found
