"""What a code action is."""

from __future__ import annotations

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit, Position, Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Later:
    """A scaffold to be made: for an invariant by its canonical key, by a method."""

    key: str
    method: str


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the lightbulb. `kind` is LSP's (`quickfix`, `refactor`); `mends` are the
    findings that it answers; at most one action per finding is `preferred`. One that is `later`
    has no edits yet: they are made from that when it is chosen."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    mends: tuple[Diagnostic, ...] = ()
    preferred: bool = False
    later: Later | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Where actions are asked for: a range of one file, and the findings that touch it.

    `defers`: what takes long may be made when it is chosen.
    """

    snapshot: Snapshot
    path: str
    range: Range
    findings: tuple[Diagnostic, ...]
    defers: bool = False

    def of(self, *codes: str) -> tuple[Diagnostic, ...]:
        return tuple(finding for finding in self.findings if finding.code in codes)


def insertion(path: str, position: Position, text: str) -> Edit:
    return Edit(path, Range(position, position), text)


def line_end(record: Record, line: int) -> Position:
    return Position(line, len(record.text.line(line)))
