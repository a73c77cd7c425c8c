"""What can be clicked: tests and files that a record names, and keys of records everywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.features.place import verified_path
from adr_lsp.features.renaming.pages import shown
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.tests import source_of
from adr_lsp.sources.model import Source
from adr_lsp.text import Range, unquoted
from adr_lsp.value import dataclass

_KEY = re.compile(
    r"(?<![\w/.#-])(?:[A-Za-z]+-)*ADR[- ]\d{1,9}(?:[/#](?P<id>[A-Z]+-[0-9A-Z][\w-]*))?(?![\w-])"
)


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
    kept: list[DocumentLink] = []
    for link in found:
        if not any(link.range.overlaps(other.range) for other in kept):
            kept.append(link)
    return sorted(kept, key=lambda link: link.range)


def _in_record(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    yield from _verifiers(snapshot, record)
    for link in record.links:
        target = unquoted(link.target.partition("#")[0])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), target))
        outside = path == ".." or path.startswith(("../", "/"))
        if target and "://" not in target and not outside and snapshot.tree.exists(path):
            yield DocumentLink(link.target_range, path, 0, _titled(snapshot, path))
    yield from _keys(snapshot, record)


def _verifiers(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    """Each to the test itself, where the file has one of that name."""
    own = (verifier for invariant in record.invariants for verifier in invariant.verified_by)
    for verifier in (*own, *record.verified_by):
        path = verified_path(snapshot, record, verifier)
        if path:
            source = source_of(snapshot, path)
            test = source.test(verifier.name) if source and verifier.name else None
            line = test.name_range.start.line if test else 0
            yield DocumentLink(verifier.range, path, line, test.name if test else path)


def _titled(snapshot: Snapshot, path: str) -> str:
    record = snapshot.log.records.get(path)
    return f"{snapshot.log.key(record)} {record.title}" if record else path


def _keys(snapshot: Snapshot, record: Record) -> Iterator[DocumentLink]:
    content = record.text.content
    for first, last in shown(content) if "ADR" in content else ():
        for found in _KEY.finditer(content, first, last):
            key = found.group().partition("/")[0].partition("#")[0].replace(" ", "-")
            link = _to(snapshot, record.path, key, found["id"], record.text.range(*found.span()))
            if link and (link.path != record.path or found["id"]):
                yield link


def _in_code(snapshot: Snapshot, source: Source) -> Iterator[DocumentLink]:
    for reference in source.references:
        link = _to(snapshot, source.path, reference.key, reference.id, reference.range)
        if link:
            yield link


def _to(
    snapshot: Snapshot, here: str, key: str, id: str | None, range: Range
) -> DocumentLink | None:
    found = snapshot.log.resolve(key, id, here)
    if found.record is None or (id and found.invariant is None):
        return None
    if found.invariant:
        line = found.invariant.id_range.start.line
        return DocumentLink(range, found.record.path, line, found.invariant.statement)
    return DocumentLink(range, found.record.path, 0, _titled(snapshot, found.record.path))
