"""
## What it does
Reports a line below an invariant that begins nearly like a field that adr-lsp reads, or stands
where none is read; and a heading that is nearly `Invariants`.

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
- **INV-2** *(bounds)*: A full queue rejects new items.
  Verified by: `tests/test_queue.py`
  ^^^^^^^^^^^ ADL109 `Verified by` is part of the statement here; begin its line with `- `
````

## How to mend
Write the field as it is read, as an item below the invariant: {fields}.

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
from adr_lsp.record.heading import bare
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.fences import shown
from adr_lsp.rules.nearest import distance, suggestion
from adr_lsp.rules.place import within
from adr_lsp.rules.place import word as word_in
from adr_lsp.snapshot import Snapshot

FIELDS = (
    *("Verified by", "Enforced by", "Tested by", "Checked by", "Proved by"),
    *("Target", "Applies to", "Waived until", "By construction", "Superseded by", "Replaced by"),
)
_NAMES = frozenset(field.lower() for field in FIELDS)
_ALSO = frozenset(("targets", "waived"))
_OTHER_WORDS = {
    **dict.fromkeys(("waived till", "waive until", "waiver until"), "Waived until"),
    **dict.fromkeys(("applies", "apply to"), "Applies to"),
}
_OF_TESTS = frozenset(("test", "tests", "verifies", "verified", "verification"))
_FILE = re.compile(r"\S*(?:::\w|\.(?:py|[cm]?[jt]sx?|rs|go|java|feature|tla)\b)")
_LABEL = re.compile(
    r"\n[ \t]*[-*+][ \t]+[*_]{0,3}(?P<label>[A-Za-z]+(?:[ _-][A-Za-z]+)?)[*_]{0,3}"
    r"(?:[ \t]*:|(?=[ \t]+\d)|(?P<apart>[ \t]+(?:[-–—][ \t]+)?(?=\S)))(?P<rest>[^\n]*)"
)
_INLINE = re.compile(rf"\n[ \t]*(?P<label>(?i:{'|'.join(FIELDS)}))(?:[ \t]+\d[\d-]*)?[ \t]*:")
_HEADING = "invariants"
_SHORT, _MIDDLING = 3, 6
_PAGE = (__doc__ or "").format(fields=", ".join(f"`{each}`" for each in FIELDS))


@rule("ADL109", "unknown-field", Severity.WARNING, reads=RECORD, doc=_PAGE)
def unknown_field(record: Record, _: Snapshot) -> Iterator[Finding]:
    for section in record.sections:
        word = section.title.split()[-1:]
        if word and heading_meant(word[0]):
            place = word_in(record, section.heading, word[0])
            yield Finding(place, f"{quoted(word[0])} heads no invariants; write `Invariants`")
    for invariant in record.invariants:
        yield from _below(record, invariant)
        yield from _inline(record, invariant)


def _below(record: Record, invariant: Invariant) -> Iterator[Finding]:
    for found in _LABEL.finditer(shown(record.text.between(invariant.range))):
        label, fault = found["label"], None
        if found["apart"] is None:
            meant = field_meant(label, found["rest"])
            fault = f"is not read{suggestion(meant)}" if meant else None
        elif _is_field(label) and (found["apart"].strip() or _FILE.match(found["rest"])):
            fault = "is read only with a colon behind it"
        if fault:
            place = within(record, invariant.range, *found.span("label"))
            yield Finding(place, f"{quoted(label)} {fault}", invariant)


def _inline(record: Record, invariant: Invariant) -> Iterator[Finding]:
    """Fields that went into the statement, since no item begins at them."""
    for found in _INLINE.finditer(record.text.between(invariant.statement_range)):
        if " ".join(found[0].split()) in invariant.statement:
            place = within(record, invariant.statement_range, *found.span("label"))
            fault = "is part of the statement here; begin its line with `- `"
            yield Finding(place, f"{quoted(found['label'])} {fault}", invariant)


def field_meant(label: str, rest: str = "") -> str | None:
    """The field that a label nearly is; None for one that is read, and for any other. `rest` is
    what stands behind the label: some words mean a field only before a test."""
    folded = label.lower()
    if folded in _ALSO or _is_field(label):
        return None
    if folded in _OF_TESTS:
        return FIELDS[0] if _FILE.search(rest) else None
    words = re.split(r"[ _-]", folded)
    near = (field for field in FIELDS if _alike(words, field.lower().split()))
    return _OTHER_WORDS.get(" ".join(words)) or next(near, None)


def heading_meant(word: str) -> str | None:
    """`Invariants`, for a word that is nearly that; None for any other, and for itself."""
    name = bare(word)
    if name == _HEADING or name[:3] != _HEADING[:3] or name[-1:] != "s":
        return None
    return _HEADING.title() if distance(name[:20], _HEADING) <= 2 else None


def _is_field(label: str) -> bool:
    return label.lower() in _NAMES


def _alike(words: list[str], known: list[str]) -> bool:
    """Whether each word differs by a slip: the longer, the more letters."""
    return len(words) == len(known) and all(
        distance(word, other) <= (0 if len(other) <= _SHORT else 1 + (len(other) > _MIDDLING))
        for word, other in zip(words, known, strict=True)
    )
