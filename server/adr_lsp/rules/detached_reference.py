"""
## What it does
Reports a comment that names an invariant but stands at no test, in the file where it stands.

## Why
The reference looks like evidence to a reader. To adr-lsp no result belongs to it: a blank line
between the comment and its test, or a test turned into a helper, is enough.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
            ^^^^^^^^^^^^^^ ADL304 `ADR-0001/INV-1` stands at no test

def test_stays_within_capacity():
    ...
````

## How to mend
Let the comment end on the line before the test or its decorators:

````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    ...
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source


@rule("ADL304", "detached-reference", Severity.WARNING, reads=LOG, doc=__doc__, about=Source)
def detached_reference(source: Source, _: Snapshot) -> Iterator[Finding]:
    for reference in source.references:
        if reference.id is not None and not reference.tests and not reference.guessed:
            name = quoted(f"{reference.key}/{reference.id}")
            yield Finding(reference.range, f"{name} stands at no test")
