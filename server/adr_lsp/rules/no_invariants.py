"""
## What it does
Reports a decision that declares no invariant. A proposal gets the finding as information; a
record that is superseded, deprecated or rejected gets none. A missing or unknown status counts as
accepted.

## Why
A decision holds as long as certain properties stay true. While they stand nowhere, no test can
name them, and nobody is told on the day they break.

## Example
````adr
# 1. Keep transfers in a journal
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL101 `Keep transfers in a journal` declares no invariant

## Status

Accepted

## Decision

We store transfers in an append-only journal.
````

## How to mend
State what has to stay true, one property to an item:

````adr
# 1. Keep transfers in a journal

## Status

Accepted

## Invariants

- **INV-1** *(append-only)*: An entry of the journal never changes once it is written.
````

Or say that there is nothing to hold, and why:

````adr
# 2. Write the changelog by hand

## Status

Accepted

## Invariants

None: the decision is about how we work, not about the system.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.empty_section import is_empty
from adr_lsp.rules.problems import is_unread
from adr_lsp.snapshot import Snapshot


@rule("ADL101", "no-invariants", Severity.WARNING, reads=RECORD, doc=__doc__, by_status=True)
def no_invariants(record: Record, _: Snapshot) -> Iterator[Finding]:
    if record.invariants or record.names_none or is_unread(record):
        return
    if any(is_empty(section) for section in record.invariant_sections):
        return  # said there, by ADL108
    title = quoted(record.title or record.stem)
    yield Finding(record.title_range, f"{title} declares no invariant")
