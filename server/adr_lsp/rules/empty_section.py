"""
## What it does
Reports an Invariants section in which nothing stands, or which says that there are none without
saying why; and an invariant that is declared without a statement: as information in a proposed
record, never in one that is retired.

## Why
An empty section looks like a decision that was examined. It is a template that nobody filled in.

## Example
````adr
# 3. Cache prices

## Invariants
   ^^^^^^^^^^ ADL108 nothing stands under `Invariants`

<!-- one property to an item -->

## Consequences

Reads get cheaper.
````

## How to mend
Declare what has to stay true, or give the reason why nothing has to:

````adr
# 3. Cache prices

## Invariants

None: prices are read again before every payment, so a wrong one is only shown.
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import InvariantSection, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import word
from adr_lsp.snapshot import Snapshot

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOTHING = re.compile(r"(?:none|n/a|not applicable|tbd|todo)\b[\s.:…-]*\Z", re.IGNORECASE)


@rule("ADL108", "empty-section", Severity.WARNING, reads=RECORD, doc=__doc__)
def empty_section(record: Record, _: Snapshot) -> Iterator[Finding]:
    for section in record.invariant_sections:
        if is_empty(section):
            title, body = quoted(section.section.title), _body(section)
            place = word(record, section.section.heading, section.section.title)
            said = f"{quoted(body)} under {title} gives no reason" if body else None
            yield Finding(place, said or f"nothing stands under {title}")
    yield from _unstated(record)


def _unstated(record: Record) -> Iterator[Finding]:
    """What a decision that is not taken yet still has to say is no more than worth knowing."""
    severity = None if record.status.in_force else Severity.INFORMATION
    for invariant in record.invariants:
        if invariant.id and not invariant.statement and not record.status.retired:
            said = f"{quoted(invariant.id)} has no statement"
            yield Finding(invariant.id_range, said, invariant, severity)


def is_empty(section: InvariantSection) -> bool:
    """Whether the section neither declares anything nor gives a reason for declaring nothing."""
    if section.none_reason:
        return False
    body = _body(section)
    return not body or _NOTHING.match(body) is not None


def _body(section: InvariantSection) -> str:
    body = section.section.below
    if "<!--" in body:
        body = _COMMENT.sub("", body)
    return body.strip().strip("-*_ \t").strip()
