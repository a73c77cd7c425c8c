"""Fields, targets and references that were meant otherwise (ADL109, ADL207, ADL304)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record import Record
from adr_lsp.rules.dead_target import lost_name
from adr_lsp.rules.detached_reference import as_read, nearly
from adr_lsp.rules.place import word
from adr_lsp.rules.unknown_field import field_meant, heading_meant
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.targets import file_of, named
from adr_lsp.text import Position, Range, Text


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        record, source = (
            snapshot.log.records.get(finding.path),
            snapshot.sources.get(finding.path),
        )
        if record and finding.code == "ADL109":
            yield from _field(record, finding)
        elif record:
            yield from _target(snapshot, record, finding)
        elif source:
            yield from _reference(Text(source.text), finding)


def _field(record: Record, finding: Diagnostic) -> Iterator[Fix]:
    written = record.text.between(finding.range)
    behind = record.text.line(finding.range.end.line)[finding.range.end.column :]
    meant = field_meant(written, behind) or heading_meant(written)
    if meant:
        yield replacing(finding, f"Replace by {meant}", finding.range, meant)


def _target(snapshot: Snapshot, record: Record, finding: Diagnostic) -> Iterator[Fix]:
    """The name, where its file is there."""
    every = (target for invariant in record.invariants for target in invariant.targets)
    target = next((each for each in every if each.range == finding.range), None)
    parts = named(target) if target else None
    path = file_of(snapshot, record, parts.place) if parts else None
    if parts is None or path is None:
        return
    lost, meant = lost_name(snapshot, path, parts.name)
    place = word(record, finding.range, lost) if lost else finding.range
    if meant and place != finding.range:
        yield replacing(finding, f"Replace by {meant}", place, meant)


def _reference(text: Text, finding: Diagnostic) -> Iterator[Fix]:
    """From its first word on; no other finding of its rule begins with one."""
    start = finding.range.start
    found = nearly(text.line(start.line))
    if found and found.start("word") == start.column:
        place = Range(start, Position(start.line, found.end("names")))
        if text.between(place) != as_read(found):
            yield replacing(finding, f"Write {as_read(found)}", place, as_read(found))
