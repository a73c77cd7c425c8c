"""
## What it does
Reports an invariant whose tests passed only in runs that kept no content: reports of other tools,
or a file that lost the lines which say what the run rests on. Off, and an error with
`--require-evidence`. What failed there is `failed` all the same.

## Why
Such a pass cannot be compared with the present code and statement. It may have been earned by
another branch, or by a test that has been rewritten since.

## Example
````given
require-evidence
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
    ^^^^^ ADL412 `INV-1` rests on no known content: `test_stays_within_capacity` passed unsigned
````
````report
tests/test_queue.py::test_stays_within_capacity: passed
````

## How to mend
Record the run with the recorder (`adr-lsp run`, or pytest with adr-lsp installed), and keep its
file with the objects beside it.

````given
require-evidence
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
````
````run
tests/test_queue.py::test_stays_within_capacity: passed
````
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
    "ADL412",
    "unsigned",
    None,
    reads=LOG | EVIDENCE,
    doc=__doc__,
    by_status=True,
    required=True,
    opt_in=Severity.WARNING,
)
def unsigned(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant, at in judged(record, snapshot, Verdict.UNSIGNED):
        said = f"rests on no known content: {first_test(at)} passed unsigned"
        yield finding((invariant, at), said, snapshot)
