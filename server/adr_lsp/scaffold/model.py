"""What a scaffold is."""

from __future__ import annotations

from adr_lsp.text import Edit
from adr_lsp.value import dataclass

PINNED = "the counterexample is pinned already"
STEPS = "the steps of a state machine cannot be pinned; `adr-lsp show` tells them"


@dataclass(frozen=True, slots=True)
class Scaffold:
    """The test `name` in the file at `path`, and the edits that write it and the record's link."""

    path: str
    name: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is written."""

    reason: str
