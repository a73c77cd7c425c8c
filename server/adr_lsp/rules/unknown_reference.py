"""
## What it does
Reports a test or model that names an invariant which no record declares, in the file of the test.

## Why
The test looks as if it protects a decision. Nothing is protected: its result counts for no
invariant.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-2
            ^^^^^^^^^^^^^^ ADL202 `ADR-0001` has no `INV-2`; did you mean `ADR-0001/INV-1`?
def test_stays_within_capacity():
    ...

# Verifies: ADR-0010/INV-1
            ^^^^^^^^^^^^^^ ADL202 no record is named `ADR-0010`; did you mean `ADR-0001/INV-1`?
def test_rejects_when_full():
    ...
````

## How to mend
Name an invariant that is declared, or declare the one that the test is about.

````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    ...
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.decision_log import DecisionLog
from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.nearest import MANY, nearest, suggestion
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source

_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r".*-\d+[A-Za-z]?")
_ZEROS = re.compile(r"(?<=-)0+(?=\d)")
_DIGITS = "0123456789"


@rule("ADL202", "unknown-reference", Severity.ERROR, reads=LOG, doc=__doc__, about=Source)
def unknown_reference(source: Source, snapshot: Snapshot) -> Iterator[Finding]:
    log, unknown = snapshot.log, 0
    for reference in source.references:
        found = log.resolve(reference.key, reference.id, source.path)
        if reference.id is None or any(r.invariant(reference.id) for r in found.records):
            continue
        if reference.guessed:
            continue
        unknown += 1
        near = unknown <= MANY
        meant = nearest_invariant(log, reference.key, reference.id, source.path) if near else None
        key, id = quoted(reference.key), quoted(reference.id)
        fault = f"{key} has no {id}" if found.records else f"no record is named {key}"
        if not reference.key:
            fault = f"{id} of which record? Name it with the record's key, such as `ADR-0001/INV-1`"
        yield Finding(reference.range, fault + suggestion(meant))


def nearest_invariant(log: DecisionLog, key: str, id: str, from_path: str) -> str | None:
    """The key of the declared invariant that a reference to nothing may have meant."""
    records = log.resolve(key, None, from_path).records
    if records:
        return _nearest_id(log, records, id)
    similar = _similar(log, key)
    declaring = tuple(record for record in similar if record.invariant(id))
    return _nearest_id(log, declaring or similar, id)


def _nearest_id(log: DecisionLog, records: tuple[Record, ...], id: str) -> str | None:
    for record in records:
        ids = [i.id for i in record.invariants if i.id]
        meant = nearest(id, ids) if not _COUNTED.fullmatch(id) else _of_number(id, ids)
        if meant:
            return f"{log.key(record)}/{meant}"
    return None


def _of_number(id: str, ids: list[str]) -> str | None:
    """The same number written otherwise, else the only id that there is: one number is as near to
    another as any third."""
    same = next((other for other in ids if same_id(id, other)), None)
    return same or (ids[0] if len(ids) == 1 and _COUNTED.fullmatch(ids[0]) else None)


def same_id(one: str, other: str) -> bool:
    """Whether two ids differ in zeros before a number and in case alone."""
    return _ZEROS.sub("", one).lower() == _ZEROS.sub("", other).lower()


def _similar(log: DecisionLog, key: str) -> tuple[Record, ...]:
    """Records whose number differs in one digit from that of the key, or two swapped."""
    found = _NUMBER.search(key)
    if not found:
        return ()
    digits = found[0].lstrip("0")
    numbers = [digits, *_near(digits), *_near(digits.zfill(4))]
    named = (record for number in numbers for record in log.named(f"ADR-{number or 0}"))
    return tuple({record.path: record for record in named}.values())


def _near(digits: str) -> Iterator[str]:
    for at in range(len(digits) + 1):
        before, after = digits[:at], digits[at:]
        yield before + after[1:]
        yield before + after[:2][::-1] + after[2:]
        yield from (before + other + after[1:] for other in _DIGITS)
        yield from (before + other + after for other in _DIGITS)
