"""Whether an invariant says now what it said when a run was made."""

from __future__ import annotations

from functools import lru_cache

from adr_lsp import record as records
from adr_lsp.evidence.model import Run
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.reworded import reworded

NEWER = "the invariant is newer than the run"
MOVING = "the record changed while the run went on"
LOST = "the record as the run saw it is not in the store"
RECORD_SUFFIXES = (".md", ".mdx")


def statement_changes(
    snapshot: Snapshot, run: Run, record: Record, invariant: Invariant
) -> tuple[str, ...]:
    """What differs between the statement and that which the run saw; empty if nothing does."""
    if record.path in run.changed:
        return (MOVING,)
    digest = run.content.get(record.path)
    if digest is not None and digest == snapshot.tree.digest(record.path):
        return ()
    key = ("statement", run.file, record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = _compared(snapshot, run, record, invariant)
    found: tuple[str, ...] = snapshot.memo[key]
    return found


def _compared(
    snapshot: Snapshot, run: Run, record: Record, invariant: Invariant
) -> tuple[str, ...]:
    digest = run.content.get(record.path)
    old = _old_record(snapshot, record.path, digest) if digest else None
    if digest and old is None:
        return (LOST,)
    same_id = [i for i in old.invariants if i.id and i.id == invariant.id] if old else []
    if any(each.statement == invariant.statement for each in same_id):
        return ()
    if same_id:
        return (reworded(same_id[0].statement, invariant.statement),)
    return () if invariant.statement in _all_statements(snapshot, run) else (NEWER,)


def _old_record(snapshot: Snapshot, path: str, digest: str) -> Record | None:
    """A record as a run saw it, read as records are read now."""
    known = snapshot.log.records.get(path)
    if known is not None and snapshot.tree.digest(path) == digest:
        return known
    raw = snapshot.tree.stored(digest)
    if raw is None:
        return None
    log = known.log if known else path.rpartition("/")[0]
    return _parsed(path, raw, log, snapshot.config.prefixes)


@lru_cache(maxsize=256)
def _parsed(path: str, raw: bytes, log: str, prefixes: tuple[str, ...]) -> Record:
    return records.parse(path, raw, log=log, prefixes=prefixes)


def _all_statements(snapshot: Snapshot, run: Run) -> frozenset[str]:
    """Every statement that the run saw, wherever it stood."""
    key = ("statements", run.file)
    if key not in snapshot.memo:
        old = (
            _old_record(snapshot, path, digest)
            for path, digest in run.content.items()
            if path.endswith(RECORD_SUFFIXES)
        )
        snapshot.memo[key] = frozenset(
            each.statement for record in old if record for each in record.invariants
        ) - {""}
    found: frozenset[str] = snapshot.memo[key]
    return found
