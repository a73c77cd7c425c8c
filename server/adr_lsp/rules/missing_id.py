"""
## What it does
Reports an item of an Invariants section that has no id, and a heading there that begins with an id
from which nothing parts the statement.

## Why
A test names the invariant that it checks by its id. Without one, nothing can verify the item, and
its wording can change without anyone knowing which test it concerned.

## Example
````adr
# 4. One writer

## Invariants

- At any time at most one process writes.
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL102 `At any time at most one process writes.` has no id
- **INV 3**: It is kept.
  ^^^^^^^^^^^^^^^^^^^^^^ ADL102 `INV 3: It is kept.` has no id that is read: write it as `INV-3`
````

````adr
# 5. Two writers

## Invariants

### INV-1: The journal has an owner

### INV-2 Nothing is written twice
    ^^^^^ ADL102 `INV-2` declares nothing here: no colon parts it from `Nothing is written twice`
````

## How to mend
Begin the item with the next free id; the quick fix does it, unless it has one that is written in
another way. Behind the id of a heading goes a colon or a dash; an item below another declares
nothing, so outdent it.

````adr
# 4. One writer

## Invariants

- **INV-1** *(mutual-exclusion)*: At any time at most one process writes.
- **INV-3**: It is kept.
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.record.declaration import id_pattern, meant_id
from adr_lsp.record.model import Section
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.fences import shown
from adr_lsp.rules.place import first_line, within
from adr_lsp.snapshot import Snapshot


@rule("ADL102", "missing-id", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def missing_id(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        if invariant.id is None:
            place = first_line(record, invariant.statement_range)
            meant = meant_id(snapshot.config.prefixes, invariant.statement)
            cure = f" that is read: write it as `{meant}`" if meant else ""
            yield Finding(place, f"{quoted(invariant.statement)} has no id{cure}", invariant)
    if record.invariant_sections:
        yield from _unparted(record, snapshot.config.prefixes)
    ids = {invariant.id for invariant in record.invariants}
    for invariant in record.invariants:
        yield from _nested(record, invariant, ids, snapshot.config.prefixes)


def _nested(
    record: Record, above: Invariant, ids: set[str | None], prefixes: tuple[str, ...]
) -> Iterator[Finding]:
    """Items that would declare an invariant, if they did not stand below another."""
    for found in _begins_item(prefixes).finditer(shown(record.text.between(above.range))):
        if found["id"] not in ids:
            place = within(record, above.range, *found.span("id"))
            where = f"it stands below {quoted(above.id or above.statement)}; outdent it"
            yield Finding(place, f"{quoted(found['id'])} declares nothing here: {where}")


def _unparted(record: Record, prefixes: tuple[str, ...]) -> Iterator[Finding]:
    """Headings that begin with an id and declare nothing."""
    inside = _inside(record)
    declared = {i.id_range.start.line for i in record.invariants} if inside else set()
    for heading in inside:
        found = _begins_with_id(prefixes).match(heading.title)
        if not found or heading.heading.start.line in declared:
            continue
        at = record.text.between(heading.heading).find(found["id"])
        if at >= 0:
            id, rest = quoted(found["id"]), quoted(found["rest"])
            place = within(record, heading.heading, at, at + len(found["id"]))
            yield Finding(place, f"{id} declares nothing here: no colon parts it from {rest}")


def _inside(record: Record) -> list[Section]:
    """The headings inside Invariants sections, in the order of the text."""
    found: dict[int, Section] = {}
    for each in record.invariant_sections:
        start, end = each.section.start, each.section.end
        found |= {other.start: other for other in record.sections if start < other.start < end}
    return [found[start] for start in sorted(found)]


@lru_cache(maxsize=16)
def _begins_item(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """An item with indentation, an id and what parts it from a statement."""
    return re.compile(
        rf"\n[ \t]+[-*+][ \t]+[*_`]{{0,3}}(?P<id>{id_pattern(prefixes)})"
        r"[*_`]{0,3}(?:[ \t]*[*_]{0,2}\([^()\n]*\)[*_]{0,2})?[ \t]*(?::|[-–—]+[ \t])"
    )


@lru_cache(maxsize=16)
def _begins_with_id(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<id>{id_pattern(prefixes)})\s+(?P<rest>\S.*)")
