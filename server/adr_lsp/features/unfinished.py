"""Where scaffolds wait to be filled in: the step that follows a run which skipped them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.report import Judged
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.tests import source_of


def unfinished(snapshot: Snapshot, invariants: Iterable[Judged]) -> tuple[str, ...]:
    """`tests/test_cart.py:12: fill in test_sum, …`, for each scaffold that a verdict is due to."""
    found = (said for judged in invariants for said in _of(snapshot, judged))
    return tuple(dict.fromkeys(found))


def _of(snapshot: Snapshot, judged: Judged) -> Iterator[str]:
    for test in judged.standing.tests:
        source = source_of(snapshot, test.path)
        known = source.test(test.name) if source else None
        if test.verdict is Verdict.SCAFFOLDED and known and known.scaffold:
            line = known.scaffold.start.line + 1
            todo = f"fill in {test.name}, then delete its line `adr-lsp: scaffold`"
            yield f"{test.path}:{line}: {todo}"
