"""Findings for what kept a record from being read in full."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.record import Record
from adr_lsp.rule import Finding

UNREAD = ("too-large", "analysis-cut")


def is_unread(record: Record) -> bool:
    """Whether it was not read to its end, so that nobody can say what it lacks."""
    return any(problem.kind in UNREAD for problem in record.problems)


def problems(record: Record, kind: str) -> Iterator[Finding]:
    """The problems of one kind that the parser met."""
    for problem in record.problems:
        if problem.kind == kind:
            yield Finding(problem.range, problem.message)
