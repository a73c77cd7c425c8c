"""Which invariants a change of files is about."""

from __future__ import annotations

from collections.abc import Collection

from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, Standing, tests_of
from adr_lsp.snapshot.statements import RECORD_SUFFIXES


def is_about(
    snapshot: Snapshot,
    record: Record,
    invariant: Invariant,
    standing: Standing,
    changed: Collection[str],
) -> bool:
    """Whether the evidence is stale now, or rests on a file that changed.

    Where coverage is known that is the code that ran, else all that the run held of code.
    """
    if any(test.stale for test in standing.tests):
        return True
    paths = {record.path, *(test.path for test in tests_of(snapshot, record, invariant))}
    paths |= set(standing.covered)
    run = standing.run
    if run is not None and not standing.covered:
        paths |= {path for path in run.content if not path.endswith(RECORD_SUFFIXES)}
    return not paths.isdisjoint(changed)
