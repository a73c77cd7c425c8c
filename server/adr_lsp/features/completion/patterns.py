"""What stands in parentheses behind an id: a pattern, and the methods that it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from adr_lsp.features.completion.model import Completion, Spot, of_words
from adr_lsp.pattern import METHODS, PATTERNS
from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.scaffold.wording import suggest_pattern

_NEEDS = re.compile(r"needs\s*:\s*(?:(?P<named>[^()]*)\|\s*)?(?P<typed>[\w-]*)\Z", re.IGNORECASE)
_WORD = re.compile(r"(?P<more>.*,\s*)?(?P<typed>[\w-]*)\Z")


@lru_cache(maxsize=16)
def _opened(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){id_pattern(prefixes)}[*_`]{{0,3}}\s*[*_]?\((?P<inner>[^()]*)\Z")


def patterns(spot: Spot, record: Record) -> Iterable[Completion] | None:
    opened = _opened(spot.snapshot.config.prefixes).search(spot.before)
    if opened is None:
        return None
    needs = _NEEDS.search(opened["inner"])
    if needs:
        named = {word.strip() for word in (needs["named"] or "").split("|")}
        known = (*METHODS, *(own[0] for own in spot.snapshot.config.methods))
        return of_words(spot, needs["typed"], (m for m in known if m not in named), "method")
    word = _WORD.search(opened["inner"])
    if word is None:
        return ()
    if word["more"]:
        return of_words(spot, word["typed"], ("needs: ",), "methods of which one is needed")
    return of_words(spot, word["typed"], (*_likely(spot, record), *PATTERNS), "pattern")


def _likely(spot: Spot, record: Record) -> tuple[str, ...]:
    """The pattern that the statement reads like."""
    invariant = record.invariant_at(spot.position)
    pattern = suggest_pattern(invariant.statement) if invariant else None
    return (pattern,) if pattern else ()
