"""Every reference in code to an invariant that another record declares from now on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adr_lsp.features.authoring.naming import name_from
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference, Source
from adr_lsp.text import Edit, Text


def renamed_references(
    snapshot: Snapshot, old: Record, new: Record, carried: Mapping[str, str]
) -> Iterator[Edit]:
    """`carried` gives each id of `old` its id in `new`."""
    for path, references in snapshot.references.by_path.items():
        source = snapshot.sources.get(path)
        if source and any(reference.id in carried for reference in references):
            ordered = sorted(references, key=lambda reference: reference.range)
            yield from _renamed(snapshot, source, ordered, old, new, carried)


def _renamed(
    snapshot: Snapshot,
    source: Source,
    references: list[Reference],
    old: Record,
    new: Record,
    carried: Mapping[str, str],
) -> Iterator[Edit]:
    """An id without a key takes that of the item before it, so ids behind a rewritten one are
    written in full."""
    key = name_from(snapshot, new, source.path)
    text = Text(source.text)
    moved = False
    for reference in references:
        bare = not set("/#") & set(text.between(reference.range))
        found = snapshot.log.resolve(reference.key, reference.id, source.path)
        carries = reference.id in carried and found.record is old
        if carries:
            yield Edit(source.path, reference.range, f"{key}/{carried[reference.id or '']}")
        elif bare and moved and reference.id:
            yield Edit(source.path, reference.range, f"{reference.key}/{reference.id}")
        moved = carries or (bare and moved)
