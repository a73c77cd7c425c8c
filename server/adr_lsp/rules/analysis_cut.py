"""
## What it does
Reports a record of which only the first part was read, because it nests or repeats something
beyond what a document for people does.

## Why
Invariants behind the cut are not seen. Silence about them would look like a clean record.

## How to mend
Divide the record, or take out what a program wrote into it.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, rule
from adr_lsp.rules.problems import problems
from adr_lsp.snapshot import Snapshot


@rule("ADL604", "analysis-cut", Severity.WARNING, reads=RECORD, doc=__doc__)
def analysis_cut(record: Record, _: Snapshot) -> Iterator[Finding]:
    return problems(record, "analysis-cut")
