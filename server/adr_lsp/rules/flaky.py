"""
## What it does
Reports an invariant of which a test passed with the very content and environment in which it had
failed.

## Why
A property that fails once in many runs is broken; the later pass only did not meet the case.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL403 `INV-1` both failed and passed unchanged in `test_stays_within_capacity`
````
````run
tests/test_queue.py::test_stays_within_capacity: failed
````
````run
tests/test_queue.py::test_stays_within_capacity: passed
````

## How to mend
Find what the failing run depended on: time, order, randomness, shared state. Pin its
counterexample in the test; once that very example passes, the finding goes.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, first_test, judged
from adr_lsp.snapshot import Snapshot


@rule("ADL403", "flaky", Severity.WARNING, reads=LOG | EVIDENCE, doc=__doc__)
def flaky(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.FLAKY):
        said = f"both failed and passed unchanged in {first_test(at)}"
        yield finding((invariant, at), said, snapshot)
