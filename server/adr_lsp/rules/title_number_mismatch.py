"""
## What it does
Reports a record whose title gives another number than its file name. A number behind a prefix that
the file name does not have (`PROJ-979`) belongs to something else.

## Why
People cite the number that they read in the title; links and tests use that of the file. One of the
two then names another decision, or none.

## Example
````adr docs/adr/0005-use-queues.md
# 4. Use queues
  ^^^^^^^^^^^^^ ADL502 the title says 4, the file name 5
````

## How to mend
Make both the same; the file name counts:

````adr docs/adr/0005-use-queues.md
# 5. Use queues
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Record
from adr_lsp.record.key import number_of
from adr_lsp.rule import RECORD, Finding, rule
from adr_lsp.rules.place import first_line
from adr_lsp.snapshot import Snapshot

_PREFIX = re.compile(r"([^\W\d_]+)[-_ #]*0*(\d+)")
_OWN = ("adr", "rfc", "record", "decision", "no", "nr", "number")


@rule("ADL502", "title-number-mismatch", Severity.WARNING, reads=RECORD, doc=__doc__)
def title_number_mismatch(record: Record, _: Snapshot) -> Iterator[Finding]:
    named = number_of(record.stem)
    if named is not None and record.title_number not in (None, named) and not _foreign(record):
        message = f"the title says {record.title_number}, the file name {named}"
        yield Finding(first_line(record, record.title_range), message)


def _foreign(record: Record) -> bool:
    """Whether the number in the title belongs to something else: `ADR PROJ-979`, a ticket."""
    for prefix, digits in _PREFIX.findall(record.text.between(record.title_range)):
        if int(digits) == record.title_number:
            word = prefix.lower()
            return word not in _OWN and word not in record.stem.lower()
    return False
