"""Mend a reference to an invariant that does not exist: the nearest id, or create it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.actions.promote import declaration
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference
from adr_lsp.text import Edit

MOST = 3


def actions(asked: Asked) -> Iterator[Action]:
    source = asked.snapshot.sources.get(asked.path)
    findings = asked.of("ADL202")
    if source is None or not findings:
        return
    for reference in source.references:
        mended = tuple(f for f in findings if f.range.overlaps(reference.range))
        if mended and reference.id and reference.range.overlaps(asked.range):
            for first, name in enumerate(nearest(asked.snapshot, reference, asked.path)):
                edit = Edit(asked.path, reference.range, name)
                title = f"Replace by {name}"
                yield Action(title, "quickfix", (edit,), mended, preferred=first == 0)
            record = asked.snapshot.log.resolve(reference.key, None, asked.path).record
            if record:
                edit = declaration(record, f"- **{reference.id}**: ")
                title = f"Create {reference.id} in {asked.snapshot.log.key(record)}"
                yield Action(title, "quickfix", (edit,), mended)


def nearest(snapshot: Snapshot, reference: Reference, path: str) -> list[str]:
    """Declared names like the written one, the most alike first; ids of the same record win."""
    named = snapshot.log.resolve(reference.key, None, path).record
    records: list[Record] = [named] if named else list(snapshot.log)
    known = [
        f"{snapshot.log.key(record)}/{invariant.id}"
        for record in records
        for invariant in record.invariants
        if invariant.id
    ]
    written = f"{reference.key}/{reference.id}"
    return difflib.get_close_matches(written, known, n=MOST, cutoff=0.6)
