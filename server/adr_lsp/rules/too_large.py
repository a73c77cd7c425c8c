"""
## What it does
Reports a record of more than 2 MiB. It is listed, but its text is not read.

## Why
No decision is that long. Such a file holds an embedded image or a log, and reading it would hold
up the answer for every other record.

## How to mend
Move what is embedded into a file of its own, and link it.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, rule
from adr_lsp.rules.problems import problems
from adr_lsp.snapshot import Snapshot


@rule("ADL602", "too-large", Severity.ERROR, reads=RECORD, doc=__doc__)
def too_large(record: Record, _: Snapshot) -> Iterator[Finding]:
    return problems(record, "too-large")
