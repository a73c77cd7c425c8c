"""Scaffold a property test for an invariant that has none."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.scaffold import Scaffold, scaffold
from adr_lsp.snapshot import tests_of

CODES = ("ADL301", "ADL302")


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    for invariant in record.invariants:
        mended = tuple(f for f in asked.of(*CODES) if f.range.overlaps(invariant.range))
        here = invariant.id and invariant.range.overlaps(asked.range)
        if here and (mended or not tests_of(asked.snapshot, record, invariant)):
            made = scaffold(asked.snapshot, record, invariant)
            if isinstance(made, Scaffold):
                title = f"Scaffold a property test for {invariant.id} in {made.path}"
                kind = "quickfix" if mended else "refactor"
                yield Action(title, kind, made.edits, mended, preferred=bool(mended))
