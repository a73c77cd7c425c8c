"""
## What it does
Reports a pattern in the parentheses after an id, or a method after `needs:`, that adr-lsp does not
know.

## Why
The pattern decides which test the scaffold writes, the method which evidence is enough. A word
that names none of them asks for nothing.

## Example
````adr
# 6. Encode money

## Invariants

- **INV-1** *(idempotent)*: Encoding twice gives the same bytes.
              ^^^^^^^^^^ ADL107 `idempotent` is no pattern; did you mean `idempotence`?
- **INV-2** *(round-trip, needs: propery)*: Decoding an encoded amount gives that amount.
                                 ^^^^^^^ ADL107 `propery` is no method; did you mean `property`?
````

## How to mend
Write one of the known words. Patterns: {patterns}.

Methods: {methods}.

````adr
# 6. Encode money

## Invariants

- **INV-1** *(idempotence)*: Encoding twice gives the same bytes.
- **INV-2** *(round-trip, needs: property)*: Decoding an encoded amount gives that amount.
````
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adr_lsp.diagnostic import Severity
from adr_lsp.pattern import METHODS, PATTERNS
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import RECORD, Finding, quoted, rule
from adr_lsp.rules.nearest import did_you_mean
from adr_lsp.rules.place import word
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.needs import methods_of


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


_PAGE = (__doc__ or "").format(patterns=_listed(PATTERNS), methods=_listed(METHODS))


@rule("ADL107", "unknown-pattern", Severity.WARNING, reads=RECORD, doc=_PAGE)
def unknown_pattern(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    for invariant in record.invariants:
        pattern = invariant.pattern
        if pattern and pattern not in PATTERNS:
            place = invariant.pattern_range or invariant.id_range
            message = f"{quoted(pattern)} is no pattern{did_you_mean(pattern, PATTERNS)}"
            yield Finding(place, message, invariant)
        yield from _unknown_methods(record, invariant, methods_of(snapshot.config))


def _unknown_methods(
    record: Record, invariant: Invariant, known: tuple[str, ...]
) -> Iterator[Finding]:
    for method in invariant.needs:
        if method not in known:
            place = word(record, invariant.needs_range or invariant.id_range, method)
            message = f"{quoted(method)} is no method{did_you_mean(method, known)}"
            yield Finding(place, message, invariant)
