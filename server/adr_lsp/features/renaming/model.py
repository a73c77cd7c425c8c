"""What a renaming changes, and what it cannot decide."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp.text import Change, Range

SEVERAL = "may mean several"
NOT_READ = "stands in code, in a text or in a comment"


@dataclass(frozen=True, slots=True)
class Unclear:
    """A place that stays as it is: its name may mean several things, or it cannot be changed."""

    path: str
    range: Range
    name: str
    reason: str = SEVERAL


@dataclass(frozen=True, slots=True)
class Renaming:
    """The edits and moves, and the places that an author has to look at."""

    change: Change
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True, slots=True)
class Renameable:
    """What can be renamed at a place, and the name that it has."""

    range: Range
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a page to replace by `new`; None: it stays, for the reason given."""

    start: int
    end: int
    new: str | None
    reason: str = SEVERAL
