"""
## What it does
Reports an invariant of which a test has no result. Silent while no run is recorded at all, unless
evidence is required.

## Why
A test that is never run checks nothing; often it lies outside what the tool collects.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10


# Verifies: ADR-0001/INV-2
def test_rejects_when_full():
    assert not full().add(1)
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
- **INV-2**: A full queue rejects new items.
    ^^^^^ ADL407 `INV-2` has no result of `test_rejects_when_full`
````
````run
tests/test_queue.py::test_stays_within_capacity: passed
````

## How to mend
Run it: `adr-lsp run ADR-0001/INV-2`.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, first_test, judged
from adr_lsp.snapshot import Snapshot


@rule(
    "ADL407",
    "not-run",
    Severity.WARNING,
    reads=LOG | EVIDENCE,
    doc=__doc__,
    by_status=True,
    required=True,
)
def not_run(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.has_results:
        for invariant, at in judged(record, snapshot, Verdict.NOT_RUN):
            said = f"has no result of {first_test(at)}"
            yield finding((invariant, at), said, snapshot)
    elif snapshot.require_evidence:
        needing = judged(record, snapshot, Verdict.NOT_RUN, Verdict.VACUOUS, Verdict.UNVERIFIED)
        for invariant, at in needing:
            yield finding((invariant, at), "has no result: no run is recorded", snapshot)
