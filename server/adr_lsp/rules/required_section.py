"""
## What it does
Reports a record that lacks a section which the configuration asks for. Says nothing until
`required-sections` names headings. They are compared without number, emphasis, case and closing
colon. A status line or field counts as the section *Status*, a date as *Date*, declared invariants
as *Invariants*.

## Why
A team that agreed on the parts of a record finds out in review, or never, that one is missing.

## Example
````toml adr-lsp.toml
required-sections = ["Context", "Consequences"]
````
````adr
# 1. Use queues
  ^^^^^^^^^^^^^ ADL511 `Use queues` has no section `Consequences`

## Context

The broker drops items.
````

## How to mend
Write the section:

````toml adr-lsp.toml
required-sections = ["Context", "Consequences"]
````
````adr
# 1. Use queues

## Context

The broker drops items.

## Consequences

Items wait longer.
````
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record, Status
from adr_lsp.record.heading import bare, heads_invariants, heads_status
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot


@rule("ADL511", "required-section", Severity.WARNING, reads=RECORD, doc=__doc__)
def required_section(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.config.required_sections:
        return
    there = {bare(section.title) for section in record.sections}
    for wanted in dict.fromkeys(snapshot.config.required_sections):
        if bare(wanted) not in there and not _said_elsewhere(record, wanted):
            title = quoted(record.title or record.stem)
            message = f"{title} has no section {quoted(wanted)}"
            yield Finding(first_line(record, record.title_range), message)


def _said_elsewhere(record: Record, wanted: str) -> bool:
    if heads_invariants(wanted):
        return bool(record.invariants or record.invariant_sections)
    if heads_status(wanted):
        return record.status is not Status.NONE
    return bare(wanted) == "date" and record.date is not None
