"""Whether references stay clear once a record has another number."""

from __future__ import annotations

from dataclasses import replace

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.record import Record
from adr_lsp.record.key import key_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference


def unclear_then(snapshot: Snapshot, record: Record, new_path: str) -> Refusal | None:
    """The first reference that would mean another record, or several: of those to this one,
    which get its new name, and of those that have that name already."""
    key = key_of(new_path, None, None)
    after = replace(record, path=new_path, key=key.text, number=key.number, stem=key.stem)
    log = snapshot.log.replace({record.path: None, new_path: after})
    for path, references in snapshot.references.by_path.items():
        for reference in references:
            name = _name_then(snapshot, record, after, path, reference)
            if name is None and after not in log.named(reference.key):
                continue
            meant = snapshot.log.resolve(reference.key, reference.id, path).record
            wanted = new_path if name else meant and meant.path
            found = log.resolve(name or reference.key, reference.id, path).record
            if (found and found.path) != wanted:
                place = f"{path}:{reference.range.start.line + 1}"
                shown = f"{name or reference.key}/{reference.id or ''}".rstrip("/")
                return Refusal(f"`{shown}` in {place} would not be clear then")
    return None


def _name_then(
    snapshot: Snapshot, record: Record, after: Record, path: str, reference: Reference
) -> str | None:
    """How a reference to the record will be written; None for one to another."""
    if snapshot.log.resolve(reference.key, reference.id, path).record is not record:
        return None
    before, _, name = reference.key.rpartition("/")
    new = after.stem if name.lower() == record.stem.lower() else after.key
    return f"{before}/{new}" if before else new
