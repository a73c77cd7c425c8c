"""
## What it does
Reports an invariant of which a test failed, with the counterexample where the tool found one, else
with what the test said: of a test with parameters, for the first of them that failed. A failure
stays until a later run passes, even if code or test changed since.

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
from typing import TYPE_CHECKING

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, quoted, rule
from adr_lsp.rules.verdicts import TEXT_LENGTH, deciding, finding, judged
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reason import raised, said

if TYPE_CHECKING:
    from adr_lsp.snapshot.test_standing import TestStanding

SAID_LENGTH = 100


@rule("ADL401", "failed", Severity.ERROR, reads=LOG | EVIDENCE, doc=__doc__)
def failed(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.FAILED):
        test = deciding(at)[0]
        where = quoted(f"{test.name or test.path}{test.parameter or ''}", TEXT_LENGTH)
        yield finding((invariant, at), f"failed in {where}{_why(test)}", snapshot)


def _why(test: TestStanding) -> str:
    from adr_lsp.snapshot.counterexamples import on_line  # most records have none

    if test.counterexample is not None:
        error = raised(test.message)
        shown = quoted(on_line(test.counterexample, TEXT_LENGTH), TEXT_LENGTH)
        return f" with {shown}" + (f": {quoted(error, SAID_LENGTH)}" if error else "")
    told = test.message.strip()
    return f": {quoted(said(told), SAID_LENGTH)}" if told else ""
