"""
## What it does
Reports an invariant of which a test ended in an error before it could pass or fail: its file could
not be imported, a fixture raised, the tool stopped it for its health checks or its deadline.

## Why
Nothing is known of the property, although the test exists.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity(broker):
    assert broker.fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL402 `INV-1` is not checked: `test_stays_within_capacity` ended in an error
````
````run
tests/test_queue.py::test_stays_within_capacity: error
````

## How to mend
Let the test reach its assertions; its own output says where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import EVIDENCE, LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, first_test, judged
from adr_lsp.snapshot import Snapshot, Standing


@rule("ADL402", "error", Severity.ERROR, reads=LOG | EVIDENCE, doc=__doc__)
def error(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.ERROR):
        said = f"is not checked: {first_test(at)} ended in an error{_why(at)}"
        yield finding((invariant, at), said, snapshot)


def _why(at: Standing) -> str:
    """The reason, without the word that has been said already."""
    reason = at.reason.removeprefix("error").removeprefix(": ")
    return f": {reason}" if reason else ""
