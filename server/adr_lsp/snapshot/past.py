"""What runs say of a test that stands here now, also of one that stood in another file then."""

from __future__ import annotations

from adr_lsp import sources
from adr_lsp.evidence.history import History, history, latest_first
from adr_lsp.evidence.model import Run
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.reported import reported
from adr_lsp.snapshot.tests import LinkedTest


def past(snapshot: Snapshot, linked: LinkedTest) -> History:
    """The history of a test under its own path, else under that from which it moved."""
    key = ("past", linked.path, linked.name)
    if key not in snapshot.memo:
        present = snapshot.tree.digest(linked.path)
        own = history(runs_of(snapshot), linked.path, _names(linked), present)
        nothing = not any(own.entries.values())
        snapshot.memo[key] = (_moved(snapshot, linked) if nothing else None) or own
    found: History = snapshot.memo[key]
    return found


def runs_of(snapshot: Snapshot) -> tuple[Run, ...]:
    """All runs, the latest first, what reports tell among them."""
    if "runs" not in snapshot.memo:
        told = reported(snapshot).runs if snapshot.reports else ()
        snapshot.memo["runs"] = latest_first((*snapshot.runs, *told))
    found: tuple[Run, ...] = snapshot.memo["runs"]
    return found


def _names(linked: LinkedTest) -> tuple[str, ...]:
    return (linked.name, *(linked.test.aliases if linked.test else ()))


def _moved(snapshot: Snapshot, linked: LinkedTest) -> History | None:
    """The history under another path, which held the same definition and holds it no more."""
    raw = snapshot.tree.read(linked.path)
    here = sources.definition_digest(linked.path, raw, linked.name) if raw else None
    if here is None:
        return None
    for run in runs_of(snapshot):
        for path in _paths_by_name(snapshot, run).get(linked.name, ()):
            if path != linked.path and _held(snapshot, run, path, linked.name, here):
                return history(runs_of(snapshot), path, _names(linked))
    return None


def _held(snapshot: Snapshot, run: Run, path: str, name: str, digest: str) -> bool:
    now = snapshot.tree.read(path)
    if now is not None and sources.definition_digest(path, now, name) is not None:
        return False
    then = snapshot.tree.stored(run.content.get(path, ""))
    return then is not None and sources.definition_digest(path, then, name) == digest


def _paths_by_name(snapshot: Snapshot, run: Run) -> dict[str, list[str]]:
    key = ("paths by name", run.file)
    if key not in snapshot.memo:
        by_name: dict[str, list[str]] = {}
        for test in run.by_test:
            path, _, name = test.partition("::")
            by_name.setdefault(name.removesuffix("::runTest"), []).append(path)
        snapshot.memo[key] = by_name
    found: dict[str, list[str]] = snapshot.memo[key]
    return found
