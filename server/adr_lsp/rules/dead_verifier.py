"""
## What it does
Reports a target of `Verified by` that is not there: a file that does not exist, a test that its
file does not define, or an operator that its TLA+ module neither defines nor takes from a module
beside it.

## Why
A renamed test leaves the decision pointing at nothing, and the reader believing that something
checks it.

## Example
````python tests/test_queue.py
def test_stays_within_capacity():
    ...
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Verified by: [`test_stays_in_capacity`](../../tests/test_queue.py)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL204 `tests/test_queue.py` has no test `test_stays_in_capacity`; did you mean `test_stays_within_capacity`?
- **INV-2**: A full queue rejects new items.
  - Verified by: `tests/test_queues.py`
                 ^^^^^^^^^^^^^^^^^^^^^^ ADL204 `tests/test_queues.py` does not exist; did you mean `tests/test_queue.py`?
````

## How to mend
Name the test as it is called now:

````python tests/test_queue.py
def test_stays_within_capacity():
    ...
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Verified by: [`test_stays_within_capacity`](../../tests/test_queue.py)
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record, Verifier
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.nearest import MANY, distance, nearest, suggestion
from adr_lsp.rules.similar import similar_file
from adr_lsp.snapshot import Snapshot, invariants_of
from adr_lsp.snapshot.tests import verifier_path, verifier_tests

NAME_LENGTH = 60
MODULE = ".tla"
SLIP = 2


@rule("ADL204", "dead-verifier", Severity.ERROR, reads=LOG, doc=__doc__)
def dead_verifier(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    found = 0
    for verifier, invariant in _verifiers(record):
        fault = _fault(record, verifier, snapshot)
        if fault:
            found += 1
            meant = _meant(record, verifier, snapshot) if found <= MANY else None
            yield Finding(verifier.range, fault + suggestion(meant), invariant)


def _verifiers(record: Record) -> Iterator[tuple[Verifier, Invariant | None]]:
    yield from ((verifier, None) for verifier in record.verified_by)
    for invariant in record.invariants:
        yield from ((verifier, invariant) for verifier in invariant.verified_by)


def _fault(record: Record, verifier: Verifier, snapshot: Snapshot) -> str | None:
    if "://" in verifier.path:
        return None
    path = verifier_path(snapshot, record, verifier)
    if path is None:
        return f"{quoted(verifier.path, NAME_LENGTH)} does not exist"
    name = verifier.name or verifier.operator
    if name is None:
        return None
    if verifier.operator and path.endswith(MODULE):
        there = _may_define(snapshot, path, verifier.operator)
    else:
        there = bool(verifier_tests(snapshot, record, verifier))
    if there:
        return None
    noun = "operator" if verifier.operator else "test"
    return f"{quoted(path, NAME_LENGTH)} has no {noun} {quoted(name, NAME_LENGTH)}"


def _may_define(snapshot: Snapshot, path: str, operator: str) -> bool:
    """Whether a module has an operator, or builds on one that does not stand beside it."""
    from adr_lsp.rules.tla_module import with_others  # few records name an operator

    modules = [found for _, found in with_others(snapshot, path)]
    return any(found is None or operator in found.definitions for found in modules)


def _meant(record: Record, verifier: Verifier, snapshot: Snapshot) -> str | None:
    path = verifier_path(snapshot, record, verifier)
    if path is None:
        return _similar(record, verifier.path, snapshot)
    if verifier.operator:
        return _similar_operator(snapshot, path, verifier.operator)
    return test_meant(snapshot, path, verifier.name or "")


def test_meant(snapshot: Snapshot, path: str, name: str) -> str | None:
    """The test of a file that is nearly called so. One that verifies something already was meant
    only where a letter or two differ."""
    names = [test.name for test in snapshot.sources[path].tests]
    slip = nearest(name, names)
    if slip and distance(slip.lower(), name.lower()) <= SLIP:
        return slip
    return nearest(name, (each for each in names if not invariants_of(snapshot, path, each)))


def _similar_operator(snapshot: Snapshot, path: str, operator: str) -> str | None:
    from adr_lsp.rules.tla_module import module_at

    known = module_at(snapshot, path) if path.endswith(MODULE) else None
    return nearest(operator, known.definitions if known else ())


def _similar(record: Record, path: str, snapshot: Snapshot) -> str | None:
    """A file, or where a test stands that was named without its file."""
    bare = "." not in path and "/" not in path
    return _test_of(path, snapshot) if bare else similar_file(record, path, snapshot)


def _test_of(name: str, snapshot: Snapshot) -> str | None:
    """Where a test stands that was named without its file."""
    found = (path for path in sorted(snapshot.sources) if snapshot.sources[path].test(name))
    return next((f"{path}::{name}" for path in found), None)
