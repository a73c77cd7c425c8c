"""
## What it does
Reports words in a declared invariant that leave open when it is broken: *fast*, *appropriate*,
*usually*, *as needed*, *if possible*. Code spans are not read, nor terms in which such a word is
exact (*fail-fast*, *terminates normally*).

## Why
A property is either kept or broken. A word that lets two readers judge differently cannot be
tested, and the test that is written all the same checks something else.

## Example
````adr
# 5. Answer from the cache

## Invariants

- **INV-1**: A cached price is usually returned fast.
                               ^^^^^^^ ADL103 `usually` leaves open when this is broken
                                                ^^^^ ADL103 `fast` leaves open when this is broken
````

## How to mend
Give the quantity, or the condition under which it holds:

````adr
# 5. Answer from the cache

## Invariants

- **INV-1** *(latency)*: A price that is in the cache is returned within 5 ms.
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
from adr_lsp.rules.prose import stated
from adr_lsp.rules.unquantified_limit import VAGUE_AMOUNT, VAGUE_TIME
from adr_lsp.snapshot import Snapshot

# One of these words stands in each of the weak ones below.
SIGNS = frozenset(
    [
        *("fast", "quickly", "slowly", "performant", "scalable", "robust", "flexible"),
        *("intuitive", "friendly", "seamless", "seamlessly", "timely", "efficient"),
        *("efficiently", "appropriate", "appropriately", "adequate", "adequately"),
        *("reasonable", "reasonably", "sufficiently", "easily", "usually", "normally"),
        *("typically", "generally", "mostly", "ideally", "preferably", "hopefully", "often"),
        *("sometimes", "rarely", "roughly", "almost", "nearly", "needed", "necessary"),
        *("required", "forth", "so", "etc", "possible", "feasible", "applicable", "most"),
    ]
)
_EXACT = rf"""
      (?<!`)(?P<ticks>`+)(?!`)[^`]*(?P=ticks)
    | <!--.*?(?:-->|\Z) | \]\([^)\s]{{0,500}}\) | https?://\S+
    | fail(?:s|ed|ing)?[-\s]fast | fast[-_](?:\w+) | fast\s(?:path|forward|track|lane)s?
    | (?:exit|return|terminat|complet|finish|end|stop|clos|shut)\w{{0,3}}(?:\sdown)?\snormally
    | (?:how|as|more|less)\soften | often\sas
    | (?<![\w-])(?:{VAGUE_TIME}|{VAGUE_AMOUNT})(?![\w-])
"""
_WEAK = r"""
      fast | quickly | slowly | performant | scalable | robust | flexible | intuitive
    | user[-\s]friendly | seamless(?:ly)? | timely | efficient(?:ly)?
    | appropriate(?:ly)? | adequate(?:ly)? | reasonabl[ey] | sufficiently | easily
    | usually | normally | typically | generally | mostly | ideally | preferably | hopefully
    | often | sometimes | rarely | roughly | (?:almost|nearly)\s(?:always|never|all|every)
    | as\s(?:needed|necessary|appropriate) | as\srequired(?!\sby) | and\sso\s(?:on|forth) | etc\b\.?
    | (?:if|when(?:ever)?|where(?:ver)?|as\s(?:\w{1,20}\s)?as)\s(?:possible|feasible)
    | (?:if|when(?:ever)?|where(?:ver)?)\s(?:needed|necessary)
    | (?:if|when|where)\s(?:appropriate|applicable) | in\smost\scases | most\sof\sthe\stime
"""


@rule("ADL103", "weak-wording", Severity.WARNING, reads=RECORD, doc=__doc__)
def weak_wording(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for each in stated(record, snapshot):
        if not SIGNS.isdisjoint(each.words):
            yield from _weak_words(record, each.invariant, each.statement)


def _weak_words(record: Record, invariant: Invariant, statement: str) -> Iterator[Finding]:
    place = invariant.statement_range
    for start, end in weak_words(statement):
        message = f"{quoted(statement[start:end])} leaves open when this is broken"
        yield Finding(within(record, place, start, end), message, invariant)


def weak_words(text: str) -> Iterator[tuple[int, int]]:
    """Where each weak word of a piece of Markdown begins and ends."""
    lowered = text.replace("İ", "I").lower()  # each character stays one; no case is a third of it
    anywhere, in_turn = _words()
    if anywhere.search(lowered):
        yield from (found.span("weak") for found in in_turn.finditer(lowered) if found["weak"])


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Weak words alone, and with all that is exact and may hold one.

    Compiled when the first invariant is met: it takes longer than most checks.
    """
    weak, flags = rf"(?<![\w-])(?P<weak>{_WEAK})(?![\w-])", re.VERBOSE | re.DOTALL
    return re.compile(weak, flags), re.compile(rf"(?:{_EXACT})|{weak}", flags)
