"""Findings for what kept a record from being read in full."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.record import Record
from adr_lsp.rule import Finding


def problems(record: Record, kind: str) -> Iterator[Finding]:
    """The problems of one kind that the parser met."""
    for problem in record.problems:
        if problem.kind == kind:
            yield Finding(problem.range, problem.message)
