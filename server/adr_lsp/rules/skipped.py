"""
## What it does
Reports an invariant whose tests were skipped in the last run that counts. A skipped parameter
lowers nothing if another one passed. Silent while no run is recorded at all.

## Why
A skipped test is green in the tool's summary and says nothing.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
@pytest.mark.skipif(NO_BROKER, reason="no broker here")
def test_stays_within_capacity():
    assert fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL406 `INV-1` is not checked: `test_stays_within_capacity` was skipped
````
````run
tests/test_queue.py::test_stays_within_capacity: skipped
````

## How to mend
Run it where its conditions are met, for example in CI, and keep that run's evidence; or waive the
invariant until a date.
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
    "ADL406",
    "skipped",
    Severity.WARNING,
    reads=LOG | EVIDENCE,
    doc=__doc__,
    by_status=True,
    required=True,
)
def skipped(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.SKIPPED):
        said = f"is not checked: {first_test(at)} was skipped"
        yield finding((invariant, at), said, snapshot)
