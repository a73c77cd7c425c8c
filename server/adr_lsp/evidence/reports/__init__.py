"""Reports that other tools wrote, from CI say: what they tell, and of which test.

They keep nothing of what their results rest on, so a pass in them is never more than unsigned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Report, Unreadable

__all__ = ["read_junit", "read_report"]


def read_junit(raw: bytes) -> Report | Unreadable:
    """See `adr_lsp.evidence.reports.junit`, which is imported when there is a report to read."""
    from adr_lsp.evidence.reports import junit

    return junit.read_junit(raw)


def read_report(raw: bytes) -> tuple[Report, ...] | Unreadable:
    """Every run that a file tells of, whatever its format; see `adr_lsp.evidence.reports.read`."""
    from adr_lsp.evidence.reports import read

    return read.read_report(raw)
