"""
## What it does
Reports that a rule of adr-lsp failed on this record. All other rules, and all other records, are
checked as usual. `adr-lsp --check` then ends with exit code 3.

## Why
The record is not known to be free of the fault that this rule looks for. Silence would claim that.

## How to mend
The fault is in adr-lsp. Please report it, with the record if you can share it.
"""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.rule import RECORD, Crash, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot


@rule("ADL605", "rule-crashed", Severity.ERROR, reads=RECORD, doc=__doc__, about=Crash)
def rule_crashed(crash: Crash, _: Snapshot) -> Iterator[Finding]:
    error = quoted(f"{type(crash.error).__name__}: {crash.error}", 60)
    yield Finding(crash.range, f"{crash.rule.code} `{crash.rule.name}` stopped with {error}")
