"""Why a test cannot fail: what a search for an assertion met on its way, as one reason."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Any

from adr_lsp.value import dataclass

DEEPEST = 3  # calls below the test that are followed
ASSERTING = ("assert", "check", "verify", "expect", "ensure", "fail")


class Met(Enum):
    """What was found in place of an assertion that can fail, the most telling first."""

    FLOATING = "its assertion of a promise is neither awaited nor returned"
    SWALLOWED = "a failure of its assertion is swallowed"
    CONSTANT = "its assertion holds whatever the code does"
    RETURNED = "its property returns the same whatever the code does"
    DISCARDED = "the result of its assertion is dropped"
    ASSUMED = "it assumes what never holds"
    NOTHING = "it asserts nothing"


@dataclass(slots=True, eq=False)
class Search:
    """A search for an assertion that can fail. `does`: the test calls or computes something;
    `swallows`: what it calls may fail unseen; `seen` are the functions that were looked at."""

    met: set[Met] = field(default_factory=set)
    does: bool = False
    swallows: bool = False
    seen: set[Any] = field(default_factory=set)

    def weigh(self, *reasons: Met | None) -> bool:
        """Whether an assertion counts; notes why it does not."""
        told = [reason for reason in reasons if reason is not None]
        self.met.update(told[:1])
        return not told

    def first(self, key: object) -> bool:
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def why(self) -> str:
        """The reason, as the end of a sentence about the test."""
        return next((met.value for met in Met if met in self.met), Met.NOTHING.value)

    def why_not_total(self) -> str | None:
        """The same of a test that passes if nothing throws."""
        if Met.FLOATING in self.met:
            return Met.FLOATING.value
        if self.swallows:
            return "it swallows the failure that it looks for"
        return None if self.does else "it does nothing"
