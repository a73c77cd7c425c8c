"""
## What it does
Reports an invariant of which a test still holds the line `adr-lsp: scaffold`. What a report says
of that test does not count.

## Why
A scaffold has the shape of a test. It does not know yet what the code has to do.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    # adr-lsp: scaffold
    pytest.skip("not implemented: ADR-0001/INV-1")
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL408 `INV-1` has only a scaffold in `test_stays_within_capacity`
````

## How to mend
Fill in the test, then delete the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, first_test, judged
from adr_lsp.snapshot import Snapshot


@rule("ADL408", "scaffolded", Severity.WARNING, reads=LOG | EVIDENCE, doc=__doc__, by_status=True)
def scaffolded(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.SCAFFOLDED):
        said = f"has only a scaffold in {first_test(at)}"
        yield finding((invariant, at), said, snapshot)
