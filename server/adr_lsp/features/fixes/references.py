"""References to invariants that do not exist (ADL202): the one that was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.record import Record
from adr_lsp.rules.unknown_reference import nearest_invariant, same_id
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Reference

MOST = 3


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    for finding in findings:
        for reference in snapshot.references.by_path.get(finding.path, ()):
            name = slip(snapshot, reference, finding.path)
            if reference.range == finding.range and name:
                yield replacing(finding, f"Replace by {name}", finding.range, name)


def slip(snapshot: Snapshot, reference: Reference, path: str) -> str | None:
    """What a reference names but for a slip of the pen. Another number is none: a test would be
    said to verify what it does not."""
    id = reference.id or ""
    meant = nearest_invariant(snapshot.log, reference.key, id, path)
    said = meant.rpartition("/")[2] if meant else ""
    return meant if same_id(id, said) or not said[-1:].isdigit() else None


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
