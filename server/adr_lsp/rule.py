"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Flag, auto
from typing import TYPE_CHECKING, Any

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Invariant, Record, Suppression
from adr_lsp.text import Range
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.snapshot import Snapshot

QUOTE_LENGTH = 40


class Reads(Flag):
    """What a rule looks at, and so when it must run again."""

    RECORD = auto()  # the record alone: at every keystroke
    LOG = auto()  # other records, files and tests: after a pause
    EVIDENCE = auto()  # runs: after a pause


RECORD, LOG, EVIDENCE = Reads.RECORD, Reads.LOG, Reads.EVIDENCE


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says; `path` None is the subject's own file, `severity` None the rule's own.
    `together` is what several of a record say as one, behind their number."""

    range: Range
    message: str
    invariant: Invariant | None = None
    severity: Severity | None = None
    path: str | None = None
    related: tuple[Related, ...] = ()
    together: str = ""


Check = Callable[[Any, "Snapshot"], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code, name (the fault), default severity (None: off), page and check.

    The check is called once for each value of the type `about` (or of each of several): a Record;
    a Source with references; the Config; an Idle suppression; a Crash. `by_status`: information in
    a record that is proposed, silent in one that is retired. `required`: an error where evidence
    is. `opt_in`: the severity of a rule that is off by default, once somebody selects it.
    """

    code: str
    name: str
    severity: Severity | None
    reads: Reads
    doc: str
    check: Check
    about: type | tuple[type, ...] = Record
    by_status: bool = False
    required: bool = False
    opt_in: Severity | None = None

    @property
    def subjects(self) -> tuple[type, ...]:
        """The types of values that the rule judges."""
        return self.about if isinstance(self.about, tuple) else (self.about,)


@dataclass(frozen=True, slots=True)
class Idle:
    """A code of a suppression that silenced no finding."""

    code: str
    suppression: Suppression


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that raised instead of answering about one subject."""

    rule: Rule
    error: Exception
    range: Range


def rule(
    code: str,
    name: str,
    severity: Severity | None,
    *,
    reads: Reads,
    doc: str | None,
    about: type | tuple[type, ...] = Record,
    by_status: bool = False,
    required: bool = False,
    opt_in: Severity | None = None,
) -> Callable[[Check], Rule]:
    """Makes a rule of a check; the module's docstring is its page."""

    def of(check: Check) -> Rule:
        page = doc or ""
        return Rule(code, name, severity, reads, page, check, about, by_status, required, opt_in)

    return of


def quoted(text: str, length: int = QUOTE_LENGTH) -> str:
    """A piece of the text in backticks, on one line, at most about `length` long."""
    folded = " ".join(text.replace("`", "").split())
    shown = folded if len(folded) <= length else folded[: length - 1].rstrip() + "…"
    return f"`{shown}`"
