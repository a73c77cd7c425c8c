"""
## What it does
Reports a test, or a passage of a record, that names an invariant which stood at the revision given
with `--base` and stands nowhere now. Silent where the invariant lives on: under its id in the same
record, also if that was renumbered, or with the same words under another id. Silent without
`--base`.

## Why
A deleted invariant leaves its tests behind. They still pass and still cost time, and whoever reads
them believes that the decision holds. Removing a promise is a decision of its own.

## Example
`main` holds `INV-2` of `docs/adr/0001-bound-the-queue.md`; this branch has removed it:

````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-2
def test_rejects_when_full():
    ...
````

With `--base main` the reference gets ADL205: `ADR-0001/INV-2` was removed since `main`, where
`docs/adr/0001-bound-the-queue.md` declares it on line 6.

## How to mend
Put the invariant back, or remove the test as well. If another decision took its place, say which
(`Superseded by: ADR-0031/INV-1`) and let the test name that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.fences import unfenced
from adr_lsp.rules.problems import is_unread
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source
from adr_lsp.text import Range

Named = tuple[Range, str, str]  # where, the record's key, the id

_NUMBER = r"(?:[A-Za-z]+[-_])*?\d+[-_. ]*"
_KEY = r"(?P<key>(?:[\w.-]+/)*(?:[A-Za-z]+-)*(?:ADR[-_ ]?)?\d[\w.-]*)"
NAME_LENGTH = 60


@rule(
    "ADL205",
    "removed-invariant",
    Severity.WARNING,
    reads=LOG,
    doc=__doc__,
    about=(Record, Source),
)
def removed_invariant(subject: Record | Source, snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.base is None:
        return
    for place, key, id in _named(subject, snapshot):
        then = _removed(snapshot, snapshot.base, key, id, subject.path)
        if then:
            yield Finding(place, _message(f"{key}/{id}", then, snapshot))


def _named(subject: Record | Source, snapshot: Snapshot) -> Iterator[Named]:
    if isinstance(subject, Source):
        yield from ((r.range, r.key, r.id) for r in subject.references if r.id is not None)
        return
    named = re.compile(rf"(?<![\w./-]){_KEY}[/#](?P<id>{id_pattern(snapshot.config.prefixes)})")
    for found in named.finditer(unfenced(subject, code=False)):
        yield subject.text.range(*found.span()), found["key"], found["id"]


def _removed(
    snapshot: Snapshot, base: Snapshot, key: str, id: str, path: str
) -> tuple[Record, Invariant] | None:
    """The invariant that a reference named at the base, if it stands nowhere now."""
    if any(r.invariant(id) for r in snapshot.log.resolve(key, id, path).records):
        return None
    for record in base.log.resolve(key, id, path).records:
        invariant = record.invariant(id)
        if (
            invariant
            and not _unread(snapshot, record)
            and not _lives_on(snapshot, record, invariant)
        ):
            return record, invariant
    return None


def _unread(snapshot: Snapshot, record: Record) -> bool:
    """The file is there but is too large or not looked at now: nobody took anything out of it."""
    now = snapshot.log.records.get(record.path)
    if now is None:
        return snapshot.tree.exists(record.path)
    return is_unread(now)


def _lives_on(snapshot: Snapshot, record: Record, invariant: Invariant) -> bool:
    """Under its id in the same record by another number, or with its words anywhere."""
    if invariant.statement and invariant.statement in _statements(snapshot):
        return True
    slug, title = _slug(record), record.title.lower()
    return any(
        now.invariant(invariant.id or "") is not None
        for now in snapshot.log.records.values()
        if now.path != record.path
        and ((slug and _slug(now) == slug) or (title and now.title.lower() == title))
    )


def _slug(record: Record) -> str:
    return re.sub(_NUMBER, "", record.stem, count=1).lower()


def _statements(snapshot: Snapshot) -> frozenset[str]:
    if _statements not in snapshot.memo:
        records = snapshot.log.records.values()
        snapshot.memo[_statements] = frozenset(i.statement for r in records for i in r.invariants)
    found: frozenset[str] = snapshot.memo[_statements]
    return found


def _message(name: str, then: tuple[Record, Invariant], snapshot: Snapshot) -> str:
    record, invariant = then
    since = f" since {quoted(snapshot.base_name)}" if snapshot.base_name else ""
    path = quoted(record.path, NAME_LENGTH)
    line = invariant.id_range.start.line + 1
    return f"{quoted(name)} was removed{since}, where {path} declares it on line {line}"
