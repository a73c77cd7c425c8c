"""Links and `Verified by` targets whose file is called otherwise, or stands elsewhere
(ADL204, ADL206)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record import Record, Verifier
from adr_lsp.rules.broken_link import linked_file
from adr_lsp.rules.dead_verifier import test_meant
from adr_lsp.rules.place import within
from adr_lsp.rules.similar import files_named
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.tests import verifier_path
from adr_lsp.text import Range


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        record = snapshot.log.records.get(finding.path)
        if record and finding.code == "ADL206":
            yield from _link(snapshot, record, finding)
        elif record:
            yield from _verifier(snapshot, record, finding)


def _link(snapshot: Snapshot, record: Record, finding: Diagnostic) -> Iterator[Fix]:
    written = record.text.between(finding.range)
    path = written[: min(written.find(mark) % (len(written) + 1) for mark in "#?")]
    missing = linked_file(record, written)
    if missing:
        yield from _renamed(snapshot, record, finding, path, missing, finding.range)


def _verifier(snapshot: Snapshot, record: Record, finding: Diagnostic) -> Iterator[Fix]:
    """The path, where no file is there; else the test's name."""
    verifier = _at(record, finding.range)
    if verifier is None:
        return
    path = verifier_path(snapshot, record, verifier)
    if path is None and "/" in verifier.path:
        near_record = verifier.path.startswith(".")
        folder = posixpath.dirname(record.path) if near_record else ""
        missing = posixpath.normpath(posixpath.join(folder, verifier.path))
        yield from _renamed(snapshot, record, finding, verifier.path, missing, finding.range)
    elif path and path in snapshot.sources and verifier.name:
        meant = test_meant(snapshot, path, verifier.name)
        place = _once(record, finding.range, verifier.name)
        if meant and place:
            yield replacing(finding, f"Replace by {meant}", place, meant)


def _at(record: Record, place: Range) -> Verifier | None:
    every = [*record.verified_by, *(v for i in record.invariants for v in i.verified_by)]
    return next((verifier for verifier in every if verifier.range == place), None)


def _renamed(
    snapshot: Snapshot, record: Record, finding: Diagnostic, path: str, missing: str, place: Range
) -> Iterator[Fix]:
    """The file of the same name in another case; else the only one of that name anywhere."""
    within_text = _once(record, place, path)
    if within_text is None or missing.startswith("../"):
        return
    same, named = _alike(snapshot, missing)
    if len(same) == 1:
        new = _recased(path, same[0])
        if new:
            yield replacing(finding, f"Spell it {new}", within_text, new, safe=True)
    elif not same and len(named) == 1:
        new = _written(record, path, named[0], finding.code == "ADL206")
        yield replacing(finding, f"Replace by {new}", within_text, new)


def _alike(snapshot: Snapshot, missing: str) -> tuple[list[str], list[str]]:
    """Files whose path differs in case alone, and files of the same name."""
    same = _by_case(snapshot).get(missing.lower(), [])
    return same, files_named(snapshot, posixpath.basename(missing))


def _by_case(snapshot: Snapshot) -> dict[str, list[str]]:
    if _by_case not in snapshot.memo:
        files: dict[str, list[str]] = {}
        for path in sorted(snapshot.tree.paths()):
            files.setdefault(path.lower(), []).append(path)
        snapshot.memo[_by_case] = files
    found: dict[str, list[str]] = snapshot.memo[_by_case]
    return found


def _recased(written: str, path: str) -> str | None:
    """A path as written, with its names as the file's path has them."""
    names = written.split("/")
    real = path.split("/")
    for back in range(1, len(names) + 1):
        name = names[-back]
        if name in (".", ".."):
            break
        if back > len(real) or unquote(name).lower() != real[-back].lower():
            return None
        if unquote(name) != real[-back]:
            names[-back] = quote(real[-back]) if "%" in name else real[-back]
    return "/".join(names)


def _written(record: Record, old: str, path: str, is_link: bool) -> str:
    """The new path in the way that the old one was written: from the record, or from the root."""
    if not is_link and not old.startswith("."):
        return path
    new = posixpath.relpath(path, posixpath.dirname(record.path) or ".")
    dotted = f"./{new}" if old.startswith("./") and not new.startswith("..") else new
    return quote(dotted) if is_link else dotted


def _once(record: Record, place: Range, words: str) -> Range | None:
    """Where a range says some words, if it does so once."""
    said = record.text.between(place)
    if not words or said.count(words) != 1:
        return None
    start = said.index(words)
    return within(record, place, start, start + len(words))
