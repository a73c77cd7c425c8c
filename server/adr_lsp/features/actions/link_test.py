"""Link the test that the author picked to an invariant that none verifies yet."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.actions.sub_item import sub_item
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.sources.model import Test

MOST = 12


def actions(asked: Asked) -> Iterator[Action]:
    """At a test in code: one action per invariant that no test verifies yet."""
    source = asked.snapshot.sources.get(asked.path)
    if source is None:
        return
    for test in source.tests:
        if test.name_range.overlaps(asked.range):
            for record, invariant in _open(asked.snapshot)[:MOST]:
                yield from _linked(asked, record, invariant, test)


def _open(snapshot: Snapshot) -> list[tuple[Record, Invariant]]:
    return [
        (record, invariant)
        for record in snapshot.log
        if not record.status.retired
        for invariant in record.invariants
        if invariant.id and not tests_of(snapshot, record, invariant)
    ]


def _linked(asked: Asked, record: Record, invariant: Invariant, test: Test) -> Iterator[Action]:
    target = posixpath.relpath(asked.path, posixpath.dirname(record.path) or ".")
    target = f"<{target}>" if any(c in target for c in " ()") else target
    edit = sub_item(record, invariant, f"Verified by: [`{test.name}`]({target})")
    key = asked.snapshot.log.invariant_key(invariant)
    if edit:
        yield Action(f"Link {test.name} to {key}: {invariant.statement[:40]}", "refactor", (edit,))
