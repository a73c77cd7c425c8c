"""Give a provisional invariant the next id."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked, insertion
from adr_lsp.features.actions.ids import next_id
from adr_lsp.record import Invariant, Record
from adr_lsp.text import Edit


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    provisional = [i for i in record.invariants if i.id is None]
    here = [i for i in provisional if i.range.overlaps(asked.range)]
    findings = asked.of("ADL102")
    for invariant in here:
        id = next_id(asked.snapshot, record)
        edit = _named(record, invariant, id)
        mended = tuple(f for f in findings if f.range.overlaps(invariant.range))
        yield Action(f"Assign the id {id}", "quickfix", (edit,), mended, preferred=True)
    if here and len(provisional) > 1:
        edits = []
        for taken, invariant in enumerate(provisional):
            id = next_id(asked.snapshot, record)
            prefix, _, number = id.rpartition("-")
            edits.append(_named(record, invariant, f"{prefix}-{int(number) + taken}"))
        yield Action("Assign ids to all invariants of the record", "quickfix", tuple(edits))


def _named(record: Record, invariant: Invariant, id: str) -> Edit:
    return insertion(record.path, invariant.statement_range.start, f"**{id}**: ")
