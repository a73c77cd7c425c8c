"""A file that is named as a report, as what it tells."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from adr_lsp.evidence.reports import read_report
from adr_lsp.evidence.reports.model import Filed, Unreadable
from adr_lsp.evidence.reports.xml import LARGEST, TOO_LARGE
from adr_lsp.workspace.reading import read_file
from adr_lsp.workspace.walk import Stamp


def filed(root: Path, path: str, seen: Stamp) -> tuple[Filed, ...]:
    """One for each run that the file tells of, or why it cannot be read."""
    written = datetime.fromtimestamp(seen[0] / 1_000_000_000, UTC)
    if seen[1] > LARGEST:
        return (Filed(path, TOO_LARGE, written),)
    raw = read_file(root, path)
    if raw is None:
        return (Filed(path, Unreadable("it cannot be opened"), written),)
    found = read_report(raw)
    told = (found,) if isinstance(found, Unreadable) else found
    return tuple(Filed(path, each, written) for each in told)
