"""
## What it does
Reports a record with the status *superseded* that does not say by which record, and that no other
record says it supersedes.

## Why
Whoever finds the old decision wants the one that binds now.

## Example
````adr
# 1. Use queues

## Status

Superseded
^^^^^^^^^^ ADL504 no record says what took the place of `Use queues`
````

## How to mend
Name the successor:

````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Superseded by [2](0002-use-streams.md)
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams
````

If nothing took its place, the decision is deprecated:

````adr
# 1. Use queues

## Status

Deprecated: the last queue was removed in March.
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record, Status
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.rules.succession import steps
from adr_lsp.snapshot import Snapshot

_NAMES_SOMETHING = re.compile(r"https?://|\d|\b(?:by|with|par)\s+(?!(?:a|an|the|newer|later)\b)\w")


@rule("ADL504", "superseded-without-successor", Severity.INFORMATION, reads=LOG, doc=__doc__)
def superseded_without_successor(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if record.status is not Status.SUPERSEDED or record.superseded_by:
        return
    if not _NAMES_SOMETHING.search(record.status_text) and record.path not in _succeeded(snapshot):
        message = f"no record says what took the place of {quoted(record.title or record.stem)}"
        yield Finding(first_line(record, record.status_range), message)


def _succeeded(snapshot: Snapshot) -> frozenset[str]:
    if _succeeded not in snapshot.memo:
        snapshot.memo[_succeeded] = frozenset(step.old.path for step in steps(snapshot))
    found: frozenset[str] = snapshot.memo[_succeeded]
    return found
