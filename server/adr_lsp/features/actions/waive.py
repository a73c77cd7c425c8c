"""Waive an invariant for a quarter; the reason is for the author to write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.actions.sub_item import sub_item

QUARTER = timedelta(days=90)
CODES = ("ADL301", "ADL302")


def actions(asked: Asked) -> Iterator[Action]:
    """Only where nothing verifies the invariant: a waiver never hides a failure."""
    record = asked.snapshot.log.records.get(asked.path)
    findings = asked.of(*CODES)
    if record is None or not findings:
        return
    until = (asked.snapshot.now + QUARTER).date().isoformat()
    for invariant in record.invariants:
        touched = invariant.id and invariant.range.overlaps(asked.range)
        if touched and not invariant.waiver and not invariant.argument:
            edit = sub_item(record, invariant, f"Waived until {until}: ")
            title = f"Waive {invariant.id} until {until} (write the reason)"
            if edit:
                yield Action(title, "quickfix", (edit,), findings)
