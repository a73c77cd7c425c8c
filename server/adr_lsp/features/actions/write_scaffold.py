"""Scaffold a property test for an invariant."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.scaffold import Scaffold, scaffold

CODES = ("ADL301", "ADL302")


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    if record is None:
        return
    for invariant in record.invariants:
        if invariant.id and invariant.range.overlaps(asked.range):
            made = scaffold(asked.snapshot, record, invariant)
            if isinstance(made, Scaffold):
                mended = tuple(f for f in asked.of(*CODES) if f.range.overlaps(invariant.range))
                title = f"Scaffold a property test for {invariant.id} in {made.path}"
                kind = "quickfix" if mended else "refactor"
                yield Action(title, kind, made.edits, mended, preferred=bool(mended))
