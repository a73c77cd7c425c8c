"""
## What it does
Reports a declared invariant that nothing could ever break: an aim (*aims to*, *best effort*,
*is intended to*), a quality without a measure (*is easy to*), or a permission (*may*) in a
statement that forbids and requires nothing.

## Why
An invariant is worth a test because some behaviour would break it. What is only hoped for or
allowed holds whatever the system does, and its test can only pass.

## Example
````adr
# 5. Answer from the cache

## Invariants

- **INV-1**: A reader may see an older price.
                      ^^^ ADL106 nothing can break this: `may` only allows
- **INV-2**: The cache aims to hold the most popular prices.
                       ^^^^^^^ ADL106 nothing can break this: `aims to` promises no more than to try
- **INV-3**: Adding a currency is easy.
                               ^^^^^^^ ADL106 nothing can break this: `is easy` has no measure
````

## How to mend
Say which behaviour would be wrong:

````adr
# 5. Answer from the cache

## Invariants

- **INV-1**: A reader never sees a price that is older than 60 s.
- **INV-2**: The cache holds every price that was asked for within the last minute.
- **INV-3**: A currency is added without a change to any other module.
````
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adr_lsp.diagnostic import Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.place import within
from adr_lsp.rules.prose import read, sentences, stated
from adr_lsp.snapshot import Snapshot

# One of these words stands in all that binds nobody.
SIGNS = frozenset(
    [
        *("aim", "aims", "strive", "strives", "seek", "seeks", "endeavor", "endeavors"),
        *("endeavour", "endeavours", "hope", "hopes", "intended", "meant", "goal", "intention"),
        *("best", "try", "want", "would", "may", "might", "could", "easy", "easier"),
        *("straightforward", "convenient", "maintainable", "understandable", "friendly"),
        "elegant",
    ]
)
_AIM = r"""
      aims?\s(?:to|at|for) | strives?\s(?:to|for) | seeks?\sto | endeavou?rs?\sto | hopes?\sto
    | (?:is|are)\s(?:intended|meant)\sto | (?:is|are)\s(?:a|the|our)\sgoal
    | (?:the|our)\s(?:goal|aim|intention|hope)\sis | best[-\s]efforts?
    | (?:do|does)\s(?:our|its)\sbest | we\s(?:try|want|would\slike)\sto
"""
_QUALITY = r"""
      (?:is|are|be|stays?|remains?)\s(?:very\s|always\s|as\s)?
      (?:easy|easier|straightforward|convenient|maintainable|understandable|user-friendly|elegant)
"""
_MAY = r"may|might|could"
_FIRM = (
    r"(?:must|shall|never|always|cannot|not|no|none|nothing|nobody|only|at\s(?:most|least)|exactly"
    r"|every|each|all|any|except|unless|until|but|is|are|has|have|requires?|needs?|will)"
)
_STRICT = r"(?:must|shall|never|always|cannot|at\s(?:most|least)|exactly)"
_SAID = {
    "aim": "promises no more than to try",
    "quality": "has no measure",
    "may": "only allows",
}


@rule("ADL106", "unfalsifiable", Severity.INFORMATION, reads=RECORD, doc=__doc__)
def unfalsifiable(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for each in stated(record, snapshot):
        if not SIGNS.isdisjoint(each.words):
            yield from _unfalsifiable(record, each.invariant, each.statement)


def _unfalsifiable(record: Record, invariant: Invariant, statement: str) -> Iterator[Finding]:
    place = invariant.statement_range
    found = unbreakable(statement)
    if found:
        kind, start, end = found
        message = f"nothing can break this: {quoted(statement[start:end])} {_SAID[kind]}"
        yield Finding(within(record, place, start, end), message, invariant)


def unbreakable(statement: str) -> tuple[str, int, int] | None:
    """Why nothing can break a statement, and which words say so."""
    words = read(statement)
    soft, firm, strict = _patterns()
    for found in soft.finditer(words):
        kind = found.lastgroup or ""
        start, end = found.span()
        if kind == "may":
            held = firm.search(words[:start] + words[end:])
        else:  # what is aimed at stands behind it, in its own sentence
            held = strict.search(words[:start] + words[_sentence_end(words, end) :])
        if not held:
            return kind, start, end
    return None


def _sentence_end(words: str, at: int) -> int:
    return next((end for start, end in sentences(words) if start <= at <= end), len(words))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What binds nobody; what binds in a statement that allows; what binds beside an aim."""
    soft = rf"(?<![\w-])(?:(?P<aim>{_AIM})|(?P<quality>{_QUALITY})|(?P<may>{_MAY}))(?![\w-])"
    firm, strict = (re.compile(rf"(?<![\w-]){words}(?![\w-])") for words in (_FIRM, _STRICT))
    return re.compile(soft, re.VERBOSE), firm, strict
