"""What a rule reports."""

from __future__ import annotations

from enum import StrEnum

from adr_lsp.text import Range
from adr_lsp.value import dataclass


class Severity(StrEnum):
    """From the worst to the mildest; the names of LSP."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 is the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a diagnostic."""

    path: str
    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place of one file.

    `record` and `invariant` are canonical keys (`ADR-0012`, `ADR-0012/INV-1`), or None for
    findings that belong to no record or to no single invariant. Several of one record that have the
    same words in `together` are told as one, such as `3 invariants here have no test`; its `parts`
    are the findings themselves.
    """

    code: str
    name: str
    severity: Severity
    path: str
    range: Range
    message: str
    record: str | None = None
    invariant: str | None = None
    related: tuple[Related, ...] = ()
    together: str = ""
    parts: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not reported, and why: `by` is `suppression`, `ignore` or `baseline`."""

    finding: Diagnostic
    by: str
    reason: str = ""
