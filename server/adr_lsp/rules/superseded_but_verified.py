"""
## What it does
Reports an invariant that no longer binds, because its record or the invariant itself was
superseded, while tests still verify it.

## Why
The test holds the system to a decision that was replaced. It stands in the way of the new one, and
counts for nothing.

## Example
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    ...
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues

Status: superseded by [2](0002-use-streams.md)

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
    ^^^^^ ADL305 `INV-1` is superseded, but `test_stays_within_capacity` still checks it
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

Status: accepted
````

## How to mend
If the new decision keeps the promise, let the test name the invariant there; else delete the test.

````python tests/test_queue.py
# Verifies: ADR-0002/INV-1
def test_stays_within_capacity():
    ...
````
````adr docs/adr/0001-use-queues.md
# 1. Use queues

Status: superseded by [2](0002-use-streams.md)

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

Status: accepted

## Invariants

- **INV-1** *(bounds)*: The stream holds at most `capacity` items.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Invariant, Record, Status
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.succession import is_retired
from adr_lsp.snapshot import LinkedTest, Snapshot, invariants_of, tests_of

NAME_LENGTH = 60


@rule("ADL305", "superseded-but-verified", Severity.INFORMATION, reads=LOG, doc=__doc__)
def superseded_but_verified(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    whole = record.status is Status.SUPERSEDED
    for invariant in record.invariants:
        if invariant.id is None or not (whole or is_retired(snapshot, record, invariant.id)):
            continue
        linked = tests_of(snapshot, record, invariant)
        tests = tuple(each for each in linked if not _carried(snapshot, invariant, each))
        if tests:
            message = f"{quoted(invariant.id)} is superseded, but {_named(tests)} it"
            yield Finding(invariant.id_range, message, invariant, related=_places(tests))


def _carried(snapshot: Snapshot, invariant: Invariant, test: LinkedTest) -> bool:
    """Whether the test holds the same promise where it binds now: the old record may go on saying
    what verified it then."""
    said = invariant.statement
    return any(
        other.statement == said
        and not record.status.retired
        and not is_retired(snapshot, record, other.id or "")
        for record, other in invariants_of(snapshot, test.path, test.name)
        if other is not invariant
    )


def _named(tests: tuple[LinkedTest, ...]) -> str:
    first, more = quoted(tests[0].name or tests[0].path, NAME_LENGTH), len(tests) - 1
    return f"{first} and {more} more still check" if more else f"{first} still checks"


def _places(tests: tuple[LinkedTest, ...]) -> tuple[Related, ...]:
    return tuple(
        Related(each.path, each.test.name_range, f"{quoted(each.name, NAME_LENGTH)} checks it")
        for each in tests
        if each.test
    )
