"""
## What it does
Reports an invariant that no test names and that is neither waived nor argued; of one without a
statement, ADL108 says that alone. While no test in the log names any invariant, it stands once in
each record, at the first one, with their number; a comment and a baseline know each of them by
itself all the same. In a proposed record it is information.

## Why
An invariant without a test is a wish. It breaks silently.

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
- **INV-2**: A full queue rejects new items.
    ^^^^^ ADL301 `INV-2` has no test
````

## How to mend
Scaffold a test from the statement (`adr-lsp scaffold ADR-0001/INV-2 --method property`), or name
one that exists:

````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    assert fill() <= 10


# Verifies: ADR-0001/INV-2
def test_rejects_when_full():
    assert not full().add(1)
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most 10 items.
- **INV-2**: A full queue rejects new items.
````
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, rule
from adr_lsp.rules.verdicts import finding, judged
from adr_lsp.snapshot import Snapshot, verifier_tests


@rule("ADL301", "unverified", Severity.WARNING, reads=LOG, doc=__doc__, by_status=True)
def unverified(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for each in judged(record, snapshot, Verdict.UNVERIFIED):
        if not each[0].statement:
            continue
        tested = record.log in _logs_with_tests(snapshot)
        once = "" if tested else "invariants here have no test"
        yield replace(finding(each, "has no test", snapshot), together=once)


def _logs_with_tests(snapshot: Snapshot) -> frozenset[str]:
    """The logs of which at least one invariant is named by a test."""
    if _logs_with_tests not in snapshot.memo:
        named = frozenset(_named_by_tests(snapshot))
        snapshot.memo[_logs_with_tests] = named | frozenset(_naming_tests(snapshot, named))
    found: frozenset[str] = snapshot.memo[_logs_with_tests]
    return found


def _named_by_tests(snapshot: Snapshot) -> Iterator[str]:
    for path, references in snapshot.references.by_path.items():
        for reference in references:
            if reference.id is not None and reference.tests:
                found = snapshot.log.resolve(reference.key, reference.id, path)
                yield from (r.log for r in found.records if r.invariant(reference.id))


def _naming_tests(snapshot: Snapshot, known: frozenset[str]) -> Iterator[str]:
    for record in map(snapshot.log.records.__getitem__, snapshot.log.verifying):
        if record.log not in known:
            of_invariants = (each for i in record.invariants for each in i.verified_by)
            verifiers = chain(record.verified_by, of_invariants)
            if any(verifier_tests(snapshot, record, each) for each in verifiers):
                yield record.log
