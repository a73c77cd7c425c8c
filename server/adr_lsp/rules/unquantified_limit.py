"""
## What it does
Reports a declared invariant that promises a limit and says neither how much nor by which constant:
*bounded*, *a small number of*, *at most a few*, *within a reasonable time*, *too large*. Silent as
soon as the statement gives a number, a limit in code (`MAX_RETRIES`), or what the limit depends on
(*bounded by the number of shards*).

## Why
A test has to compare with something. Whoever writes it will choose a number that nobody decided,
and whoever changes that number breaks no promise.

## Example
````adr
# 5. Retry a capture

## Invariants

- **INV-1**: The number of attempts is bounded.
                                       ^^^^^^^ ADL104 `bounded` promises a limit without a number or a constant
- **INV-2**: The outcome of an attempt is known within a reasonable time.
                                                ^^^^^^^^^^^^^^^^^^^^^^^^ ADL104 `within a reasonable time` promises a limit without a number or a constant
````

## How to mend
Give the number, or the name of the constant that holds it:

````adr
# 5. Retry a capture

## Invariants

- **INV-1** *(bounds)*: The number of attempts is at most `MAX_ATTEMPTS`.
- **INV-2** *(latency)*: The outcome of an attempt is known within 30 s.
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
from adr_lsp.rules.prose import CODE, read, stated
from adr_lsp.snapshot import Snapshot

# One of these words stands in each of the limits below.
SIGNS = frozenset(
    [
        *("reasonable", "acceptable", "short", "limited", "bounded", "certain", "adequate"),
        *("small", "low", "modest", "manageable", "moderate", "minimal", "few", "handful", "too"),
        *("capped", "promptly", "soon", "shortly", "due", "brief", "tiny"),
    ]
)
_AMOUNT = r"(?:number|amount|set|count|fraction|share|percentage|size|period|time|delay|window)"
_LITTLE = r"(?:small|short|low|limited|modest|manageable|moderate|minimal|acceptable|reasonable)"
_IS = r"(?:is|are|be|stays?|remains?|kept|keeps?)(?:\s(?:always|very|relatively|kept))?"
VAGUE_TIME = r"""
      (?:with)?in\s(?:an?\s)?(?:reasonable|acceptable|short|limited|bounded|certain|adequate)
          (?:\s(?:amount|period|span)\sof)?\s
          (?:time(?:frame|span)?|delay|period|interval|window|duration)
"""
VAGUE_AMOUNT = rf"a\s(?:very\s)?{_LITTLE}\s{_AMOUNT}"
_LIMIT = rf"""
      {VAGUE_TIME}
    | {VAGUE_AMOUNT}
    | (?:at\smost|no\smore\sthan|only|within|after|for|in|up\sto)\sa\s(?:few|handful)(?:\s[a-z]+)?
    | not\s(?:be\s)?too\s(?:many|much|large|long|big|often|late|old)
    | too\s(?:many|large|long|big|old)(?!\srequests)
    | (?:bounded|limited|capped)(?!\scontexts?\b)(?!\s(?:by|to|at|within|under|above|below|from)\b)
    | (?:rate|time|size)[-\s]limited
    | promptly | soon\safter | shortly\s(?:after|before|afterwards) | in\sdue\s(?:time|course)
"""
_ADJECTIVE = rf"{_IS}\s(?P<little>small|short|low|minimal|brief|tiny)(?=\s*(?:[.,;:)]|\Z|and\b))"
_NUMBER = (
    r"(?<![\w#/-])\d"
    r"|(?<!\w)(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)(?!\w)"
)
_RELATION = (
    rf"(?:by|to|at|than|within|exceeds?|under|below|above|over|beyond|most|least|[<>≤≥=])"
    rf"(?:\s(?:the|its|a|an))?\s?{CODE}"
)
_CONSTANT = r"(?<![A-Za-z_])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?![a-z])"
_BOUND = (
    r"(?<![A-Za-z])(?:max|min|MAX|MIN)|[a-z](?:Max|Min)"
    r"|(?i:limit|capacity|timeout|bound|ttl|quota|window|budget|depth)"
)
_CODE_SPAN = r"`+[^`]+`+"


@rule("ADL104", "unquantified-limit", Severity.WARNING, reads=RECORD, doc=__doc__)
def unquantified_limit(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for each in stated(record, snapshot):
        if not SIGNS.isdisjoint(each.words):
            yield from _limits(record, each.invariant, each.statement)


def _limits(record: Record, invariant: Invariant, statement: str) -> Iterator[Finding]:
    place = invariant.statement_range
    for start, end in vague_limits(statement):
        message = f"{quoted(statement[start:end])} promises a limit without a number or a constant"
        yield Finding(within(record, place, start, end), message, invariant)


def vague_limits(statement: str) -> Iterator[tuple[int, int]]:
    """Where each limit that is no quantity begins and ends; none if the statement has one."""
    words = read(statement)
    found = [each.span("little" if each["little"] else 0) for each in _limit().finditer(words)]
    if found and not _quantified(statement, words):
        yield from found


def _quantified(statement: str, words: str) -> bool:
    """Whether it gives a number, a constant, or what the limit depends on."""
    named = re.search(rf"{_NUMBER}|{_RELATION}", words) or re.search(_CONSTANT, statement)
    spans = re.finditer(_CODE_SPAN, statement)
    return bool(named) or any(re.search(_BOUND, span.group()) for span in spans)


@cache
def _limit() -> re.Pattern[str]:
    """Compiled when the first invariant is met."""
    return re.compile(rf"(?<![\w-])(?:{_LIMIT}|{_ADJECTIVE})(?![\w-])", re.VERBOSE)
