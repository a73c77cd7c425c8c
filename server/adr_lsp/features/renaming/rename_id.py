"""Gives an invariant another id, in its record and wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.baseline_file import renamed_invariant
from adr_lsp.features.renaming.identifiers import identifier_edits
from adr_lsp.features.renaming.model import Renaming, Unclear
from adr_lsp.features.renaming.names import ids
from adr_lsp.features.renaming.pages import pages
from adr_lsp.record import Invariant, Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Change, Edit, Range, Text, decode


def rename_id(
    snapshot: Snapshot, record: Record, invariant: Invariant, new: str
) -> Renaming | Refusal:
    """Every edit that the new id asks for; refuses one that is taken or is no id."""
    old = invariant.id
    if old is None:
        return Refusal("an invariant without an id has no name to change; assign one first")
    if not re.fullmatch(id_pattern(snapshot.config.prefixes), new):
        named = " or ".join(f"{prefix}-7" for prefix in snapshot.config.prefixes)
        return Refusal(f"`{new}` is no id; one looks like {named}")
    if new == old or record.invariant(new):
        return Refusal(f"{snapshot.log.key(record)} has an invariant {new} already")
    if sum(other.id == old for other in record.invariants) > 1:
        return Refusal(f"{snapshot.log.key(record)} declares {old} twice; mend that first")
    edits: dict[tuple[str, Range], Edit] = {}
    unclear: list[Unclear] = []
    for found in _found(snapshot, record, invariant, new):
        if isinstance(found, Edit):
            edits.setdefault((found.path, found.range), found)
        else:
            unclear.append(found)
    return Renaming(Change(tuple(edits.values())), tuple(unclear))


def _found(
    snapshot: Snapshot, record: Record, invariant: Invariant, new: str
) -> Iterator[Edit | Unclear]:
    old = invariant.id or ""
    yield Edit(record.path, invariant.id_range, new)
    for path, references in snapshot.references.by_path.items():
        for reference in references:
            if reference.id == old and reference.form != "identifier":
                meant = snapshot.log.resolve(reference.key, old, path)
                place = _tail(reference.range, len(old))
                yield from _decided(path, place, meant.record, meant.ambiguous, record, old, new)
    for page in pages(snapshot, (old.encode(), old.replace("-", "_").encode())):
        for name in ids(snapshot, page, old):
            place = page.text.range(name.start, name.end)
            found = name.found
            yield from _decided(
                page.path, place, found.record, found.ambiguous and record in found.records,
                record, old, new,
            )  # fmt: skip
        yield from identifier_edits(snapshot, page, record, old, new)
    yield from _in_baseline(snapshot, record, old, new)


def _decided(
    path: str,
    place: Range,
    meant: Record | None,
    ambiguous: bool,
    record: Record,
    old: str,
    new: str,
) -> Iterator[Edit | Unclear]:
    if meant is record:
        yield Edit(path, place, new)
    elif ambiguous:
        yield Unclear(path, place, old)


def _tail(range: Range, length: int) -> Range:
    """The id at the end of a reference."""
    end = range.end
    start = type(end)(end.line, end.column - length)
    return Range(start, end)


def _in_baseline(snapshot: Snapshot, record: Record, old: str, new: str) -> Iterator[Edit]:
    path = snapshot.config.baseline
    raw = snapshot.tree.read(path)
    if raw:
        content = decode(raw)[0]
        after = renamed_invariant(content, record.stem, old, new)
        if after != content:
            yield Edit(path, Range(NOWHERE.start, Text(content).end), after)
