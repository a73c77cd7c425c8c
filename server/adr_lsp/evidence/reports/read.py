"""A report of any format, told apart by what stands in it rather than by its name."""

from __future__ import annotations

from adr_lsp.evidence.reports.junit import read_junit
from adr_lsp.evidence.reports.model import Report, Unreadable


def read_report(path: str, raw: bytes) -> tuple[Report, ...] | Unreadable:
    """Every run that a file tells of; whatever the bytes are, it raises nothing."""
    found = read_junit(raw)
    return found if isinstance(found, Unreadable) else (found,)
