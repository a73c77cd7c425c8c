"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Flag, auto
from typing import TYPE_CHECKING

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Invariant, Record
from adr_lsp.text import Range

if TYPE_CHECKING:
    from adr_lsp.snapshot import Snapshot


class Reads(Flag):
    """What a rule looks at, and so when it must run again."""

    RECORD = auto()  # the record alone: at every keystroke
    LOG = auto()  # other records, files and tests: after a pause
    EVIDENCE = auto()  # runs: after a pause


RECORD, LOG, EVIDENCE = Reads.RECORD, Reads.LOG, Reads.EVIDENCE


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says; `path` None is the record itself, `severity` None the rule's own."""

    range: Range
    message: str
    invariant: Invariant | None = None
    severity: Severity | None = None
    path: str | None = None
    related: tuple[Related, ...] = ()


Check = Callable[[Record, "Snapshot"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code, name (the fault), default severity (None: off), page and check.

    The check is called once for each record; what it finds in other files belongs to that record.
    """

    code: str
    name: str
    severity: Severity | None
    reads: Reads
    doc: str
    check: Check


def rule(
    code: str, name: str, severity: Severity | None, *, reads: Reads, doc: str | None
) -> Callable[[Check], Rule]:
    """Makes a rule of a check; the module's docstring is its page."""

    def of(check: Check) -> Rule:
        return Rule(code, name, severity, reads, doc or "", check)

    return of
