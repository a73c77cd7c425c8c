"""Whether the code that a result rests on is now what it was then."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from adr_lsp import sources
from adr_lsp.evidence.history import COLLECTION, Entry
from adr_lsp.evidence.model import Run
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.statements import RECORD_SUFFIXES
from adr_lsp.snapshot.tests import LinkedTest
from adr_lsp.sources.change import Change, Read

Covered = Mapping[str, Collection[int]]


def code_changes(snapshot: Snapshot, linked: LinkedTest, entry: Entry) -> tuple[str, ...]:
    """What differs between the present code and that which the result rests on."""
    run, result = entry.run, entry.result
    if result.path not in run.content:
        return (f"the run kept no copy of {result.path}",)
    come = _come_since(snapshot, linked, run)
    if come:
        return come
    if not _may_differ(snapshot, linked, entry):
        return ()
    key = _key("code", linked, entry)
    if key not in snapshot.memo:
        snapshot.memo[key] = _compared(snapshot, linked, entry)
    found: tuple[str, ...] = snapshot.memo[key]
    return found


def code_changed(snapshot: Snapshot, linked: LinkedTest, entry: Entry) -> bool:
    """Whether `code_changes` has anything to tell: mostly known before all of it is."""
    if entry.result.path in entry.run.content and _may_differ(snapshot, linked, entry):
        key = _key("surely", linked, entry)
        if key not in snapshot.memo:
            snapshot.memo[key] = _surely_changed(snapshot, linked, entry)
        if snapshot.memo[key]:
            return True
    return bool(code_changes(snapshot, linked, entry))


def _key(asked: str, linked: LinkedTest, entry: Entry) -> tuple[str | None, ...]:
    result = entry.result
    at = linked.path, linked.name, result.test, result.parameter, result.error
    return asked, entry.run.file, *at


def _may_differ(snapshot: Snapshot, linked: LinkedTest, entry: Entry) -> bool:
    """Whether any file is not as the run saw it."""
    run = entry.run
    moving = run.changed & code_of(snapshot, run)
    moved = entry.result.path != linked.path
    return bool(moving or moved or changed_code(snapshot, run) or _joined(snapshot, linked, run))


def _surely_changed(snapshot: Snapshot, linked: LinkedTest, entry: Entry) -> bool:
    """A quick look at what differs; where the store lost a file, that alone would be a change."""
    if entry.result.error == COLLECTION:
        return False
    old = _as_named_now(old_bytes(snapshot, entry.run), entry.result.path, linked.path)
    files, covered = _rests_on(snapshot, linked, entry, old)
    return sources.surely_changed(linked.path, linked.name, old, snapshot.tree.read, files, covered)


def _come_since(snapshot: Snapshot, linked: LinkedTest, run: Run) -> tuple[str, ...]:
    """Code that a rule about structure is about, and that the run did not look at."""
    if linked.method != "static":
        return ()
    key = ("come since", run.file, linked.path)
    if key not in snapshot.memo:
        seen = sorted(code_of(snapshot, run) - {linked.path})
        above = posixpath.commonpath([posixpath.dirname(path) for path in seen]) if seen else ""
        suffixes = tuple({posixpath.splitext(path)[1] for path in seen} - {""})
        new = (p for p in snapshot.tree.paths() if suffixes and p.endswith(suffixes))
        inside = (
            p for p in new if p not in run.content and p.startswith(f"{above}/" if above else "")
        )
        snapshot.memo[key] = tuple(f"{p} has come since" for p in sorted(filter(_is_code, inside)))
    found: tuple[str, ...] = snapshot.memo[key]
    return found


def _is_code(path: str) -> bool:
    """Not in a dot folder or an installed module, where no run looks."""
    parts = path.split("/")
    return not any(part.startswith(".") or part == "node_modules" for part in parts)


def _joined(snapshot: Snapshot, linked: LinkedTest, run: Run) -> bool:
    """Whether a file that acts on the test unasked has come since."""
    around = sources.around(linked.path)
    return any(p not in run.content and snapshot.tree.exists(p) for p in around)


def _compared(snapshot: Snapshot, linked: LinkedTest, entry: Entry) -> tuple[str, ...]:
    if entry.result.error == COLLECTION:
        return tuple(f"{path} changed" for path in sorted(changed_code(snapshot, entry.run)))
    old = _as_named_now(old_bytes(snapshot, entry.run), entry.result.path, linked.path)
    lost = _lost(snapshot, entry.run)
    if lost:
        return lost
    changes = _changes(snapshot, linked, entry, old, snapshot.tree.read)
    return (*_moving(snapshot, linked, entry, old), *dict.fromkeys(map(str, changes)))


def _lost(snapshot: Snapshot, run: Run) -> tuple[str, ...]:
    """Files that changed since, and that the store cannot show as they were."""
    old = old_bytes(snapshot, run)
    lost = sorted(path for path in changed_code(snapshot, run) if old(path) is None)
    return tuple(f"{path} as the run saw it is not in the store" for path in lost)


def _moving(snapshot: Snapshot, linked: LinkedTest, entry: Entry, old: Read) -> tuple[str, ...]:
    """The files below the result that were written while the run went on."""
    moving = entry.run.changed & code_of(snapshot, entry.run)
    if not moving:
        return ()
    without = _changes(snapshot, linked, entry, old, lambda p: None if p in moving else old(p))
    paths = dict.fromkeys(change.path for change in without if change.path in moving)
    return tuple(f"{path} changed while the run went on" for path in paths)


def _changes(
    snapshot: Snapshot, linked: LinkedTest, entry: Entry, old: Read, new: Read
) -> tuple[Change, ...]:
    files, covered = _rests_on(snapshot, linked, entry, old)
    return sources.what_changed(linked.path, linked.name, old, new, files, covered)


def _rests_on(
    snapshot: Snapshot, linked: LinkedTest, entry: Entry, old: Read
) -> tuple[frozenset[str], Covered | None]:
    """The files that the run held, named as now, and the lines that ran in them."""
    moves = {entry.result.path: linked.path}
    files = code_of(snapshot, entry.run)
    if entry.result.path != linked.path:
        files = frozenset(moves.get(path, path) for path in files)
    covered = covered_then(entry)
    if covered is None:
        return files, None
    then: dict[str, Collection[int]] = {moves.get(p, p): lines for p, lines in covered.items()}
    then |= {path: _every_line(old(path)) for path in _unmeasured(snapshot, entry.run)}
    return files, then


def _unmeasured(snapshot: Snapshot, run: Run) -> frozenset[str]:
    """Changed files that coverage did not look at: all that they hold may have run."""
    return frozenset() if run.measured is None else changed_code(snapshot, run) - run.measured


def _every_line(raw: bytes | None) -> range:
    return range(1, (raw or b"").count(b"\n") + 2)


def covered_then(entry: Entry) -> Covered | None:
    """The lines that ran under a result; None where coverage did not measure."""
    coverage = entry.run.coverage
    key = entry.result.test, entry.result.parameter
    return (coverage.get(key) or None) if coverage is not None else None


def _as_named_now(old: Read, before: str, now: str) -> Read:
    """The old files, with a test file that moved since already at its new place."""
    return old if before == now else lambda path: old(before if path == now else path)


def old_bytes(snapshot: Snapshot, run: Run) -> Read:
    """Reads files as they were when the run was made; None for those that it did not hold."""
    memo: dict[str, bytes | None] = snapshot.memo.setdefault(("old bytes", run.file), {})

    def read(path: str) -> bytes | None:
        if path not in memo:
            memo[path] = _kept(snapshot, path, run.content.get(path))
        return memo[path]

    return read


def _kept(snapshot: Snapshot, path: str, digest: str | None) -> bytes | None:
    if digest is None:
        return None
    unchanged = snapshot.tree.digest(path) == digest
    if unchanged:
        return snapshot.tree.read(path)
    kept: dict[str, bytes | None] = snapshot.memo.setdefault("kept bytes", {})
    if digest not in kept:  # most files are the same in many runs
        kept[digest] = snapshot.tree.stored(digest)
    return kept[digest]


def code_of(snapshot: Snapshot, run: Run) -> frozenset[str]:
    """The files of code that a run held."""
    key = ("code of", run.file)
    if key not in snapshot.memo:
        snapshot.memo[key] = frozenset(p for p in run.content if not p.endswith(RECORD_SUFFIXES))
    found: frozenset[str] = snapshot.memo[key]
    return found


def changed_code(snapshot: Snapshot, run: Run) -> frozenset[str]:
    """The files of code whose bytes are no longer those that the run held."""
    key = ("changed code", run.file)
    if key not in snapshot.memo:
        digest = snapshot.tree.digest
        changed = {p for p in code_of(snapshot, run) if digest(p) != run.content[p]}
        snapshot.memo[key] = frozenset(changed)
    found: frozenset[str] = snapshot.memo[key]
    return found
