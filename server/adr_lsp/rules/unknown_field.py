"""
## What it does
Reports a line below an invariant that begins nearly like a field that adr-lsp reads.

## Why
A misspelt `Verified by` names no test, and a misspelt `Waived until` ends never: nobody is told,
since to adr-lsp the line is prose like any other.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Verfied by: `tests/test_queue.py`
    ^^^^^^^^^^ ADL109 `Verfied by` is not read; did you mean `Verified by`?
````

## How to mend
Write the field as it is read: {fields}.

````python tests/test_queue.py
def test_stays_within_capacity():
    ...
````
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
  - Verified by: `tests/test_queue.py`
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.nearest import distance, suggestion
from adr_lsp.rules.place import within
from adr_lsp.snapshot import Snapshot

FIELDS = (
    *("Verified by", "Enforced by", "Tested by", "Checked by", "Proved by"),
    *("Target", "Applies to", "Waived until", "By construction", "Superseded by", "Replaced by"),
)
_ALSO = frozenset(("targets", "waived"))
_LABEL = re.compile(
    r"^[ \t]*[-*+][ \t]+[*_]{0,3}([A-Za-z]+(?:[ _-][A-Za-z]+)?)[*_]{0,3}(?=[ \t]*:|[ \t]+\d)",
    re.MULTILINE,
)
_QUOTED = re.compile(
    r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)|<!--.*?(?:-->|\Z)", re.MULTILINE | re.DOTALL
)
_SHORT, _MIDDLING = 3, 6
_PAGE = (__doc__ or "").format(fields=", ".join(f"`{each}`" for each in FIELDS))


@rule("ADL109", "unknown-field", Severity.WARNING, reads=RECORD, doc=_PAGE)
def unknown_field(record: Record, _: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        yield from _below(record, invariant)


def _below(record: Record, invariant: Invariant) -> Iterator[Finding]:
    for found in _LABEL.finditer(_said(record.text.between(invariant.range))):
        meant = field_meant(found[1])
        if meant:
            place = within(record, invariant.range, *found.span(1))
            message = f"{quoted(found[1])} is not read{suggestion(meant)}"
            yield Finding(place, message, invariant)


def _said(content: str) -> str:
    """The same without the words of code blocks and comments."""
    if not any(sign in content for sign in ("```", "~~~", "<!--")):
        return content
    return _QUOTED.sub(lambda quoted: re.sub(r"[^\r\n]", " ", quoted[0]), content)


def field_meant(label: str) -> str | None:
    """The field that a label nearly is; None for one that is read, and for any other."""
    words = re.split(r"[ _-]", label.lower())
    if label.lower() in _ALSO or any(label.lower() == field.lower() for field in FIELDS):
        return None
    return next((field for field in FIELDS if _alike(words, field.lower().split())), None)


def _alike(words: list[str], known: list[str]) -> bool:
    """Whether each word differs by a slip: the longer, the more letters."""
    return len(words) == len(known) and all(
        distance(word, other) <= (0 if len(other) <= _SHORT else 1 + (len(other) > _MIDDLING))
        for word, other in zip(words, known, strict=True)
    )
