"""
## What it does
Reports an invariant of which a test failed, with the counterexample where the tool found one. A
failure stays until a later run passes, even if code or test changed since.

## Why
The decision does not hold in the code as it was last run.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
@given(st.integers())
def test_stays_within_capacity(n):
    assert fill(n) <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL401 `INV-1` failed in `test_stays_within_capacity` with `n=11`
````
````run
tests/test_queue.py::test_stays_within_capacity: failed, n=11
````

## How to mend
Mend the code, or change the decision, and run the test again.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, quoted, rule
from adr_lsp.rules.verdicts import TEXT_LENGTH, finding, first_test, judged
from adr_lsp.snapshot import Snapshot, Standing


@rule("ADL401", "failed", Severity.ERROR, reads=LOG | EVIDENCE, doc=__doc__)
def failed(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.FAILED):
        said = f"failed in {first_test(at)}{_example(at)}"
        yield finding((invariant, at), said, snapshot)


def _example(at: Standing) -> str:
    found = at.counterexample
    if found is None:
        return ""
    pairs = ", ".join(f"{name}={value}" for name, value in (found.values or {}).items())
    return f" with {quoted(pairs or found.text, TEXT_LENGTH)}"
