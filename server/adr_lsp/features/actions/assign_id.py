"""Give a provisional invariant the next id."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.fixes.free_ids import free_ids
from adr_lsp.features.fixes.ids import in_front
from adr_lsp.record import Invariant, Record
from adr_lsp.text import Edit


def actions(asked: Asked) -> Iterator[Action]:
    """One that is reported has a fix of its own; here is what helps where the rule is silent,
    and all of a record at once."""
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    provisional = [i for i in record.invariants if i.id is None]
    here = [i for i in provisional if i.range.overlaps(asked.range)]
    reported = asked.of("ADL102")
    for invariant, id in zip(here, free_ids(asked.snapshot, record), strict=False):
        if not any(f.range.overlaps(invariant.range) for f in reported):
            edit = _named(record, invariant, id)
            yield Action(f"Assign the id {id}", "quickfix", (edit,))
    if here and len(provisional) > 1:
        pairs = zip(provisional, free_ids(asked.snapshot, record), strict=False)
        edits = tuple(_named(record, invariant, id) for invariant, id in pairs)
        yield Action("Assign ids to all invariants of the record", "quickfix", edits)


def _named(record: Record, invariant: Invariant, id: str) -> Edit:
    return Edit(record.path, in_front(record, invariant.statement_range.start), f"**{id}**: ")
