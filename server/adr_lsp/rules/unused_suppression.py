"""
## What it does
Reports a suppression, or one code of it, that silences no finding. Codes of rules that judge the
last run are left alone, since they come and go with it.

## Why
A suppression that outlives its reason hides the next fault on that line.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items. <!-- adr-lsp: ignore ADL103 agreed -->
                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL901 `ADL103` reports nothing here
````

## How to mend
Delete the comment, or the code.
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.rule import RECORD, Finding, Idle, quoted, rule
from adr_lsp.snapshot import Snapshot


@rule("ADL901", "unused-suppression", Severity.WARNING, reads=RECORD, doc=__doc__, about=Idle)
def unused_suppression(idle: Idle, _: Snapshot) -> Iterator[Finding]:
    said = f"{quoted(idle.code)} reports nothing here" if idle.code else "this names no rule"
    yield Finding(idle.suppression.range, said)
