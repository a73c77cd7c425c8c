"""
## What it does
Reports an invariant that passed, but whose statement, test or code differs now from what was run.
The message says which words or which definition. Comments, layout and unrelated code do not count,
and going back to the old content brings the pass back without a new run. Silent while no run is
recorded at all.

## Why
A pass is a claim about the code that ran. It says nothing about the code that stands there now.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10
````
````run
tests/test_queue.py::test_stays_within_capacity: passed
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 8 items.
    ^^^^^ ADL404 `INV-1` is stale: statement reworded: "10" → "8"
````

## How to mend
Look whether the test still checks what the statement says, then run it again:
`adr-lsp run --stale`.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import because, finding, judged
from adr_lsp.snapshot import Snapshot


@rule(
    "ADL404",
    "stale",
    Severity.WARNING,
    reads=LOG | EVIDENCE,
    doc=__doc__,
    by_status=True,
    required=True,
)
def stale(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.STALE):
        yield finding((invariant, at), f"is stale{because(at)}", snapshot)
