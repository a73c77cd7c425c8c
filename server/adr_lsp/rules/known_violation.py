"""
## What it does
Reports an invariant of which a test is marked as expected to fail.

## Why
The decision is known not to hold. The mark keeps the tool green, not the decision.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
@pytest.mark.xfail(reason="counts twice after a restart")
def test_stays_within_capacity():
    assert fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL411 `INV-1` is known to be violated: `test_stays_within_capacity` is expected to fail
````
````run
tests/test_queue.py::test_stays_within_capacity: xfailed
````

## How to mend
Mend the code and take the mark away, or change the decision.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, first_test, judged
from adr_lsp.snapshot import Snapshot


@rule("ADL411", "known-violation", Severity.WARNING, reads=LOG | EVIDENCE, doc=__doc__)
def known_violation(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.KNOWN_VIOLATION):
        said = f"is known to be violated: {first_test(at)} is expected to fail"
        yield finding((invariant, at), said, snapshot)
