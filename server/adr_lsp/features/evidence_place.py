"""Where a reader sees for themselves: the failing or passing test of an invariant."""

from __future__ import annotations

from adr_lsp.features.place import Location
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, standing, tests_of
from adr_lsp.text import NOWHERE


def evidence_place(snapshot: Snapshot, record: Record, invariant: Invariant) -> Location | None:
    """The evidence file of the run that decided; without a run, the first test."""
    stands = standing(snapshot, record, invariant)
    if stands.run:
        return Location(stands.run.file, NOWHERE, NOWHERE)
    for linked in tests_of(snapshot, record, invariant):
        if linked.test:
            return Location(linked.path, linked.test.name_range, linked.test.range)
    return None
