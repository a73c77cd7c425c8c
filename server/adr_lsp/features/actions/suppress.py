"""Suppress a finding here; the reason is for the author to write."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.actions.action import Action, Asked, insertion, line_end
from adr_lsp.text import Position

NEVER = ("ADL401", "ADL402", "ADL403", "ADL605", "ADL901", "ADL902", "ADL903")


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    for finding in asked.findings:
        if finding.code not in NEVER:
            title = f"Suppress {finding.code} here (write the reason)"
            at, text = _comment(asked, finding)
            yield Action(title, "quickfix", (insertion(record.path, at, text),), (finding,))


def _comment(asked: Asked, finding: Diagnostic) -> tuple[Position, str]:
    """At the end of the line; of a table's row in its last cell, since a line between two rows
    ends the table."""
    record = asked.snapshot.log.records[asked.path]
    line = finding.range.start.line
    comment = f"<!-- adr-lsp: ignore {finding.code}  -->"
    row = record.text.line(line).rstrip()
    if row.lstrip().startswith("|") and row.endswith("|"):
        gap = "" if row[-2:-1].isspace() else " "
        return Position(line, len(row) - 1), f"{gap}{comment} "
    return line_end(record, line), f" {comment}"
