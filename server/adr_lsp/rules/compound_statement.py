"""
## What it does
Reports a declared invariant that makes a second promise: another sentence with *must*, *never* or
*always*, a clause with a quantifier of its own behind *and*, *but* or a semicolon, or a list of
properties (*commutative and idempotent*). It stands once, at the second promise.

## Why
One id has one verdict. When a test of two promises fails, the verdict does not tell which one is
broken, and a test of the first alone makes both look passed.

## Example
````adr
# 5. Keep a journal

## Invariants

- **INV-1**: Every transfer is recorded, and no entry is ever deleted.
                                             ^^^^^^^^^^^^^^^^^^^^^^^^ ADL105 `INV-1` makes a second promise: `no entry is ever deleted`
- **INV-2**: Merging is commutative and idempotent.
                                        ^^^^^^^^^^ ADL105 `INV-2` makes a second promise: `idempotent`
````

## How to mend
Give each promise an id of its own:

````adr
# 5. Keep a journal

## Invariants

- **INV-1** *(conservation)*: Every transfer is recorded.
- **INV-2** *(append-only)*: No entry is ever deleted.
- **INV-3** *(commutativity)*: Merging is commutative.
- **INV-4** *(idempotence)*: Merging is idempotent.
````
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import within
from adr_lsp.rules.prose import read, sentences
from adr_lsp.snapshot import Snapshot

_MODAL = r"(?:must|shall|cannot|can\snot|may\snot|never|always)"
_VERB = rf"(?:{_MODAL}|is|are|has|have|does|do|will|may|can)"
_QUANTIFIED = r"(?:no|every|each|all|any|nothing|nobody|only)"
_SUBORDINATE = (
    r"(?:if|when|whenever|while|until|unless|once|after|before|where|that|which|who|whose|because"
    r"|since|between|as|for|both|either|neither|so|with|without|such|whether|than|provided)"
)
_PROPERTY = (
    r"(?:commutative|associative|idempotent|deterministic|monotonic|atomic|append-only|acyclic"
    r"|immutable|unique|total|linearizable|durable|reversible)"
)
_EXPLAINS = re.compile(
    r"(?:this|that|these|so|thus|hence|therefore|otherwise|because|for\b|e\.g|i\.e|in other words"
    r"|it follows|note|see|as a result|consequently|then|here|in particular|the reason)\b"
)


@rule("ADL105", "compound-statement", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def compound_statement(record: Record, _: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        if invariant.id is not None:
            yield from _compound(record, invariant)


def _compound(record: Record, invariant: Invariant) -> Iterator[Finding]:
    place = invariant.statement_range
    statement = record.text.between(place)
    found = second_promise(statement)
    if found:
        start, end = found
        name, words = quoted(invariant.id or ""), quoted(statement[start:end])
        message = f"{name} makes a second promise: {words}"
        yield Finding(within(record, place, start, end), message, invariant)


def second_promise(statement: str) -> tuple[int, int] | None:
    """Where the first promise behind the first one begins and ends."""
    words = read(statement)
    clause, property_, modal = _patterns()
    promised = False
    for start, end in sentences(words):
        said = words[start:end]
        joined = clause.search(said) or property_.search(said)
        if joined:
            return start + joined.start("second"), start + joined.end("second")
        promises = modal.search(said) is not None
        if promises and promised and not _EXPLAINS.match(said):
            return start, end
        promised = promised or promises
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A clause behind a conjunction, a property behind another, and a promise in its own words."""
    plain = rf"(?:(?!\b{_SUBORDINATE}\b)[^,;:()])"
    clause = re.compile(
        rf"(?:\A|[,;]\s+){plain}{{0,300}}?\b{_VERB}\b{plain}{{1,300}}?"
        rf"(?:;\s+|,?\s+(?:and|but)\s+)"
        rf"(?P<second>{_QUANTIFIED}\s(?:(?!\b(?:and|or)\b)[^,;:()]){{0,60}}?\b{_VERB}\b[^,;:()]*)"
    )
    property_ = re.compile(
        rf"\b(?:is|are|be)\s(?:both\s|always\s)?{_PROPERTY}(?:\sand|,(?:\sand)?)\s"
        rf"(?P<second>{_PROPERTY})(?!\w)(?!\s(?:per|key|id|name|number))"
    )
    return clause, property_, re.compile(rf"(?<![\w-]){_MODAL}(?![\w-])")
