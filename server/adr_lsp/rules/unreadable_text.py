"""
## What it does
Reports bytes in a record that are not UTF-8, at the first of them. They are read as U+FFFD; the
rest of the record is read as usual.

## Why
What stands at that place is lost: an id, a link or a number may no longer be what was written.

## How to mend
Save the file as UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, rule
from adr_lsp.rules.problems import problems
from adr_lsp.snapshot import Snapshot


@rule("ADL601", "unreadable-text", Severity.ERROR, reads=RECORD, doc=__doc__)
def unreadable_text(record: Record, _: Snapshot) -> Iterator[Finding]:
    return problems(record, "unreadable-text")
