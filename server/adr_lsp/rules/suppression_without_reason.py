"""
## What it does
Reports a suppression that gives no reason. It works all the same.

## Why
Whoever reads it later cannot tell whether it still has to stand.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1**: Adding to the queue is fast. <!-- adr-lsp: ignore ADL103 -->
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ADL902 `ADL103` is ignored without a reason
````

## How to mend
Write the reason after the code:

````adr
# 1. Bound the queue

## Invariants

- **INV-1**: Adding to the queue is fast. <!-- adr-lsp: ignore ADL103 quoted from the contract -->
````
"""  # noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.snapshot import Snapshot


@rule("ADL902", "suppression-without-reason", Severity.WARNING, reads=RECORD, doc=__doc__)
def suppression_without_reason(record: Record, _: Snapshot) -> Iterator[Finding]:
    for suppression in record.suppressions:
        if suppression.codes and not suppression.reason.strip():
            codes = quoted(", ".join(suppression.codes))
            verb = "is" if len(suppression.codes) == 1 else "are"
            yield Finding(suppression.range, f"{codes} {verb} ignored without a reason")
