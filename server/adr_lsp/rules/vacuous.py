"""
## What it does
Reports an invariant whose tests passed without checking anything: no assertion that can fail, no
accepted case, or fewer generated cases than `min-cases`. Silent while no run is recorded at all.

## Why
A test that cannot fail passes on code that breaks the decision.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    fill()
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL405 `INV-1` is vacuous in `test_stays_within_capacity`: it asserts nothing
````
````run
tests/test_queue.py::test_stays_within_capacity: passed
````

## How to mend
Assert the statement, let the strategy reach cases that the filter accepts, and leave
`max_examples` alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import deciding, finding, first_test, judged
from adr_lsp.snapshot import Snapshot, Standing


@rule(
    "ADL405",
    "vacuous",
    Severity.WARNING,
    reads=LOG | EVIDENCE,
    doc=__doc__,
    by_status=True,
    required=True,
)
def vacuous(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.has_results:
        for invariant, at in judged(record, snapshot, Verdict.VACUOUS):
            yield finding((invariant, at), f"is vacuous in {first_test(at)}{_why(at)}", snapshot)


def _why(at: Standing) -> str:
    told = next((test.vacuous for test in deciding(at) if test.vacuous), "")
    return f": {told}" if told else ""
