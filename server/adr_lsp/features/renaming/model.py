"""What a renaming changes, and what it cannot decide."""

from __future__ import annotations

from dataclasses import dataclass

from adr_lsp.text import Change, Range


@dataclass(frozen=True, slots=True)
class Unclear:
    """A place that stays as it is, since its name means several things."""

    path: str
    range: Range
    name: str


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
