"""
## What it does
Reports a comment that names an invariant but stands at no test, in the file where it stands; and a
line that would be a reference if it began with `Verifies:`.

## Why
The reference looks like evidence to a reader. To adr-lsp no result belongs to it: a blank line
between the comment and its test, or a test turned into a helper, is enough.

## Example
````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
            ^^^^^^^^^^^^^^ ADL304 `ADR-0001/INV-1` stands at no test

def test_stays_within_capacity():
    ...


# Verifies ADR-0001/INV-1
  ^^^^^^^^ ADL304 this line links nothing; write `Verifies: ADR-0001/INV-1`
def test_is_bounded():
    ...
````

## How to mend
Let the comment end on the line before the test or its decorators, and write `Verifies:`

````adr
# 1. Bound the queue

## Invariants

- **INV-1** *(bounds)*: The queue holds at most `capacity` items.
````
````python tests/test_queue.py
# Verifies: ADR-0001/INV-1
def test_stays_within_capacity():
    ...
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.diagnostic import Severity
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.nearest import distance
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source
from adr_lsp.text import Position, Range, Text

_NAME = r"(?:[\w./-]*ADR[- ]\d+[\w-]*[/#])?[A-Z]\w*-[\w-]+"
_LIKE_ONE = re.compile(
    rf"\W*(?P<word>ver\w+)[ \t]*(?P<sign>:)?[ \t]+"
    rf"(?P<names>{_NAME}(?:(?:,|[ \t]+and)[ \t]*{_NAME})*)\W*",
    re.IGNORECASE,
)
_ID = re.compile(r"((?:(?<=[/#])|(?<![\w./#-]))[A-Za-z]+-)(?:(\d+[a-z]?)|([\w-]+))(?![\w-]|[/#])")
KEYWORD = "Verifies"
LONGEST = 200
SLIP = 2


@rule("ADL304", "detached-reference", Severity.WARNING, reads=LOG, doc=__doc__, about=Source)
def detached_reference(source: Source, _: Snapshot) -> Iterator[Finding]:
    for reference in source.references:
        if reference.id is not None and not reference.tests and not reference.guessed:
            name = quoted(f"{reference.key}/{reference.id}")
            yield Finding(reference.range, f"{name} stands at no test")
    mentions = [each.range for each in source.references if each.form == "mention"]
    if mentions and source.tests:
        yield from _nearly(Text(source.text), mentions)


def _nearly(text: Text, mentions: list[Range]) -> Iterator[Finding]:
    """Lines of which only a record in passing was read."""
    for row in sorted({place.end.line for place in mentions if _goes_on(text, place)}):
        found = nearly(text.line(row))
        if found:
            place = Range(Position(row, found.start("word")), Position(row, found.end("word")))
            yield Finding(place, f"this line links nothing; {_advice(found)}")


def nearly(line: str) -> re.Match[str] | None:
    """A line that would be a reference if it were written otherwise: its `word`, `sign` and
    `names`."""
    found = _LIKE_ONE.fullmatch(line) if len(line) <= LONGEST else None
    return found if found and _meant(found["word"].lower()) else None


def as_read(found: re.Match[str]) -> str:
    """What stands from the word to the last name, as it is read."""
    return f"{KEYWORD}: {_as_read(found['names'])}"


def _advice(found: re.Match[str]) -> str:
    begins = found["sign"] and found["word"].lower() == KEYWORD.lower()
    if begins and _as_read(found["names"]) == found["names"]:
        return f"{quoted(f'{KEYWORD}:')} must begin it"
    return f"write {quoted(as_read(found), LONGEST)}"


def _as_read(names: str) -> str:
    """Ids in the case that they are read in."""
    return _ID.sub(lambda id: id[1].upper() + (id[2] or id[3].upper()), names)


def _meant(word: str) -> bool:
    return word == "verify" or distance(word, "verifies") <= SLIP


def _goes_on(text: Text, place: Range) -> bool:
    """Whether an id follows the record."""
    return text.line(place.end.line)[place.end.column : place.end.column + 1] in ("/", "#")
