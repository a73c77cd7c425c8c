"""References to invariants that do not exist (ADL202): the nearest that does."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference

MOST = 3


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        for reference in snapshot.references.by_path.get(finding.path, ()):
            if reference.range == finding.range:
                for name in nearest(snapshot, reference, finding.path)[:1]:
                    yield replacing(finding, f"Replace by {name}", finding.range, name)


def nearest(snapshot: Snapshot, reference: Reference, path: str) -> list[str]:
    """Declared names like the written one, the most alike first; ids of the same record win."""
    named = snapshot.log.resolve(reference.key, None, path).record
    records: list[Record] = [named] if named else list(snapshot.log)
    known = [
        f"{snapshot.log.key(record)}/{invariant.id}"
        for record in records
        for invariant in record.invariants
        if invariant.id
    ]
    written = f"{reference.key}/{reference.id}"
    return difflib.get_close_matches(written, known, n=MOST, cutoff=0.6)
