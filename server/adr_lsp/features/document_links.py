"""What can be clicked: tests and files that a record names, and keys of records everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.disjoint import taken
from adr_lsp.features.mentions import keys, links
from adr_lsp.features.place import test_named, verified_path
from adr_lsp.features.target_code import target_code
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.tests import source_of
from adr_lsp.sources.model import Source
from adr_lsp.text import Range
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A file of the root, at a line (from 0)."""

    range: Range
    path: str
    line: int
    tooltip: str


def document_links(snapshot: Snapshot, path: str) -> list[DocumentLink]:
    """In order; none overlaps another."""
    record, source = snapshot.log.records.get(path), snapshot.sources.get(path)
    found = list(_in_record(snapshot, record)) if record else []
    if source:
        found = list(_in_code(snapshot, source))
    places: list[Range] = []
    kept = [link for link in found if not taken(places, link.range)]
    return sorted(kept, key=lambda link: link.range)


def _in_record(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    yield from _verifiers(snapshot, record)
    yield from _targets(snapshot, record)
    for range, path in links(snapshot, record):
        yield DocumentLink(range, path, 0, _titled(snapshot, path))
    for named in keys(snapshot, record):
        yield _naming(snapshot, named.range, named.record, named.invariant)


def _verifiers(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    """Each to the test itself, where the file has one of that name."""
    own = (verifier for invariant in record.invariants for verifier in invariant.verified_by)
    for verifier in (*own, *record.verified_by):
        path = verified_path(snapshot, record, verifier)
        if path:
            source = source_of(snapshot, path)
            test = test_named(source, verifier)
            line = test.name_range.start.line if test else 0
            yield DocumentLink(verifier.range, path, line, test.name if test else path)


def _targets(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    for invariant in record.invariants:
        for target in invariant.targets:
            found = next(target_code(snapshot, record, target), None)
            if found:
                line = found.range.start.line
                yield DocumentLink(target.range, found.path, line, target.text)


def _titled(snapshot: Snapshot, path: str) -> str:
    record = snapshot.log.records.get(path)
    return f"{snapshot.log.key(record)} {record.title}" if record else path


def _in_code(snapshot: Snapshot, source: Source) -> Iterator[DocumentLink]:
    for reference in source.references:
        found = snapshot.log.resolve(reference.key, reference.id, source.path)
        if found.record and (found.invariant or not reference.id):
            yield _naming(snapshot, reference.range, found.record, found.invariant)


def _naming(
    snapshot: Snapshot, range: Range, record: Record, invariant: Invariant | None
) -> DocumentLink:
    if invariant:
        return DocumentLink(range, record.path, invariant.id_range.start.line, invariant.statement)
    return DocumentLink(range, record.path, 0, _titled(snapshot, record.path))
