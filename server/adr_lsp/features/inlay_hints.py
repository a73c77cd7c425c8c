"""The verdict at the end of each invariant's first line; in code, what covers it."""

from __future__ import annotations

from collections.abc import Collection

from adr_lsp.features.verdict_label import verdict_label
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.text import Position, Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class InlayHint:
    position: Position
    label: str


def inlay_hints(
    snapshot: Snapshot,
    path: str,
    range: Range,
    running: Collection[str] = (),
    *,
    rich: bool = False,
) -> list[InlayHint]:
    """`running` are the keys of invariants whose tests run at this moment; `rich`: also in code."""
    record = snapshot.log.records.get(path)
    if record is None:
        return _in_code(snapshot, path, range) if rich else []
    if record.status.retired:
        return []
    hints = []
    for invariant in record.invariants:
        line = invariant.range.start.line
        if range.start.line <= line <= range.end.line:
            end = Position(line, len(record.text.line(line)))
            busy = snapshot.log.invariant_key(invariant) in running
            verdict = standing(snapshot, record, invariant)
            label = "… running" if busy else verdict_label(snapshot, verdict)
            hints.append(InlayHint(end, label))
    return hints


def _in_code(snapshot: Snapshot, path: str, range: Range) -> list[InlayHint]:
    from adr_lsp.features.covered_hints import covered_passages

    return [
        InlayHint(position, label)
        for position, label in covered_passages(snapshot, path)
        if range.start.line <= position.line <= range.end.line
    ]
