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
from collections.abc import Iterator, Mapping
from functools import cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import within
from adr_lsp.rules.prose import read, sentences, stated
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
_EXPLAINS = (
    r"(?:this|that|these|so|thus|hence|therefore|otherwise|because|for|e\.g|i\.e|in other words"
    r"|it follows|note|see|as a result|consequently|then|here|in particular|the reason)\b"
)
_PARTS = ",;:()"
_JOINTS = ("and", "but", ";", ",")  # without one of them nothing is joined
_MODALS = ("must", "shall", "cannot", "can", "may", "never", "always")  # each begins a modal
_JOINING = frozenset({"and", "but"})
_BEGINNING = frozenset(
    [
        *("no", "every", "each", "all", "any", "nothing", "nobody", "only"),
        *("commutative", "associative", "idempotent", "deterministic", "monotonic", "atomic"),
        *("append", "acyclic", "immutable", "unique", "total", "linearizable", "durable"),
        "reversible",
    ]
)
_CLAUSE = 300  # characters of a clause that are looked at
Patterns = Mapping[str, re.Pattern[str]]


@rule("ADL105", "compound-statement", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def compound_statement(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for each in stated(record, snapshot):
        if may_promise_twice(each.statement, each.words):
            yield from _compound(record, each.invariant, each.statement)


def may_promise_twice(statement: str, words: list[str]) -> bool:
    """Whether there is a joint with a word that may begin a promise, or more than one modal."""
    if sum(map(words.count, _MODALS)) > 1:
        return True
    joints = not _JOINING.isdisjoint(words) or ";" in statement or "," in statement
    return joints and not _BEGINNING.isdisjoint(words)


def _compound(record: Record, invariant: Invariant, statement: str) -> Iterator[Finding]:
    place = invariant.statement_range
    found = second_promise(statement)
    if found:
        start, end = found
        name, words = quoted(invariant.id or ""), quoted(statement[start:end])
        message = f"{name} makes a second promise: {words}"
        yield Finding(within(record, place, start, end), message, invariant)


def second_promise(statement: str) -> tuple[int, int] | None:
    """Where the first promise behind the first one begins and ends."""
    words = read(statement)
    patterns = _patterns()
    promised = False
    for start, end in sentences(words):
        joined = _joined(words, start, end, patterns)
        if joined:
            return joined
        promises = patterns["modal"].search(words, start, end) is not None
        if promises and promised and not patterns["explains"].match(words, start, end):
            return start, end
        promised = promised or promises
    return None


def _joined(words: str, start: int, end: int, patterns: Patterns) -> tuple[int, int] | None:
    """The second of two promises that one sentence joins."""
    if not any(words.find(joint, start, end) >= 0 for joint in _JOINTS):
        return None
    for joint in patterns["joint"].finditer(words, start, end):
        at = joint.start()
        begins = max(words.rfind(part, max(start, at - _CLAUSE), at) for part in _PARTS)
        first = words[max(start, at - _CLAUSE, begins + 1) : at]
        second = patterns["second"].match(words, joint.end(), end)
        bound = patterns["subordinate"].search(first)
        if second and not bound and patterns["verb"].search(first):
            return second.span()
    listed = patterns["properties"].search(words, start, end)
    return listed.span("second") if listed else None


@cache
def _patterns() -> Patterns:
    """Compiled when the first invariant is met."""
    second = rf"{_QUANTIFIED}\s(?:(?!\b(?:and|or)\b)[^{_PARTS}]){{0,60}}?\b{_VERB}\b[^{_PARTS}]*"
    properties = (
        rf"\b(?:is|are|be)\s(?:both\s|always\s)?{_PROPERTY}(?:\sand|,(?:\sand)?)\s"
        rf"(?P<second>{_PROPERTY})(?!\w)(?!\s(?:per|key|id|name|number))"
    )
    every = {
        "joint": rf"(?:;\s{{1,9}}|,?\s(?:and|but)\s{{1,9}})(?={_QUANTIFIED}\s)",
        "second": second,
        "verb": rf"\b{_VERB}\b",
        "subordinate": rf"\b{_SUBORDINATE}\b",
        "properties": properties,
        "modal": rf"(?<![\w-]){_MODAL}(?![\w-])",
        "explains": _EXPLAINS,
    }
    return {name: re.compile(pattern) for name, pattern in every.items()}
