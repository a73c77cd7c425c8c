"""A file that is named as a report, as what it tells."""

from __future__ import annotations

from datetime import UTC, datetime

from adr_lsp.evidence.reports import read_report
from adr_lsp.evidence.reports.model import Filed, Unreadable
from adr_lsp.workspace.walk import Stamp


def filed(path: str, raw: bytes | None, seen: Stamp) -> tuple[Filed, ...]:
    """One for each run that the file tells of, or why it cannot be read."""
    written = datetime.fromtimestamp(seen[0] / 1_000_000_000, UTC)
    if raw is None:
        return (Filed(path, Unreadable("it cannot be opened"), written),)
    found = read_report(raw)
    told = (found,) if isinstance(found, Unreadable) else found
    return tuple(Filed(path, each, written) for each in told)
