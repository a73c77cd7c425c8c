"""Opens the root that a command is about."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.progress import progress
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace import Workspace, find_root, has_git, is_root

SOUGHT = "adr, adrs, decisions, architecture-decisions, decision-records, docs/architecture"


def start_of(paths: list[Path]) -> Path:
    """The current folder, unless the first PATH lies outside its root, or in a root below it; a
    repository below a folder that is none is one too."""
    here = Path.cwd()
    if not paths or not paths[0].exists():
        return here
    outer, inner = find_root(here), find_root(paths[0])
    inside = paths[0].resolve().is_relative_to(outer)
    bare = not (is_root(outer) or has_git(outer))
    nearer = inner != outer and (is_root(inner) or (bare and has_git(inner)))
    return here if inside and not nearer else paths[0]


def open_root(
    start: Path, *, named: Iterable[str] = (), require_evidence: bool = False
) -> Workspace:
    """The root of `start`, read. Stops on a configuration that cannot be used."""
    workspace = Workspace(find_root(start), require_evidence=require_evidence)
    with progress("reading") as report:
        workspace.refresh(named=named, progress=report)
    for problem in workspace.snapshot().config.problems:
        if problem.fatal:
            place = f"{problem.path}:{problem.range.start.line + 1}"
            raise Stop(Exit.USAGE, f"{place}: {problem.message}")
    return workspace


def need_records(workspace: Workspace) -> None:
    """Stops where there is nothing to check, and says what was looked for."""
    snapshot = workspace.snapshot()
    if snapshot.log.records:
        return
    globs = ", ".join(snapshot.config.records)
    sought = f"files that match {globs}" if globs else f"numbered .md or .mdx files in {SOUGHT}"
    raise Stop(Exit.USAGE, f"no record found in {workspace.root}; looked for {sought}")


def based(workspace: Workspace, ref: str) -> Snapshot:
    """The present snapshot with its base at `ref`. Stops where git cannot say."""
    from adr_lsp.run.git import GitError  # most checks ask no git
    from adr_lsp.run.revision import with_base

    try:
        return with_base(workspace.snapshot(), workspace.root, ref)
    except GitError as fault:
        raise Stop(Exit.USAGE, f"--base {ref}: {fault}") from None


def relative(path: Path, root: Path) -> str:
    """`path` relative to the root, with `/`; Stops if it does not exist or is outside."""
    full = Path(os.path.abspath(path))  # noqa: PTH100 - links are kept as they were named
    if not full.exists():
        raise Stop(Exit.USAGE, f"{path}: no such file or folder")
    for place in (full, full.resolve()):
        if place.is_relative_to(root):
            inside = place.relative_to(root).as_posix()
            return "" if inside == "." else inside
    raise Stop(Exit.USAGE, f"{path}: outside the root {root}")


def record_path(name: str) -> str:
    """A record's file as it is named below the root, where it is named as it is from here; what
    names no such file stays as it is."""
    if not name.endswith((".md", ".mdx")) or not Path(name).is_file():
        return name
    return relative(Path(name), find_root(Path.cwd()))


def invariants_named(snapshot: Snapshot, name: str) -> list[tuple[Record, Invariant]]:
    """What `ADR-0012/INV-1`, `ADR-0012` or a record's path names. Stops if it names nothing, or
    several records."""
    for key, id in _readings(name):
        record = snapshot.log.records.get(record_path(key))
        found = snapshot.log.resolve(snapshot.log.key(record) if record else key, id, "")
        if found.ambiguous and found.records:
            meant = ", ".join(snapshot.log.key(record) for record in found.records)
            raise Stop(Exit.USAGE, f"{name} is ambiguous: {meant}")
        if found.record and id is None:
            return [(found.record, invariant) for invariant in found.record.invariants]
        if found.record and found.invariant:
            return [(found.record, found.invariant)]
        if found.record and id is not None:
            ids = dict.fromkeys(i.id for i in found.record.invariants if i.id)
            declared = ", ".join(ids) or "none"
            key = snapshot.log.key(found.record)
            raise Stop(Exit.USAGE, f"{key} declares no {id}; it declares: {declared}")
    raise Stop(Exit.USAGE, f"{name}: no such record or invariant")


def record_named(snapshot: Snapshot, name: str) -> Record:
    """What `ADR-0012`, a stem or a path below the root names. Stops on none, or several."""
    at_path = snapshot.log.records.get(record_path(name))
    if at_path:
        return at_path
    found = snapshot.log.resolve(name, None, "")
    if found.record:
        return found.record
    if found.records:
        meant = ", ".join(snapshot.log.key(record) for record in found.records)
        raise Stop(Exit.USAGE, f"{name} is ambiguous: {meant}")
    raise Stop(Exit.USAGE, f"{name}: no such record")


def _readings(name: str) -> list[tuple[str, str | None]]:
    """An id may stand behind the last `/` or `#`."""
    key, _, id = name.replace("#", "/").rpartition("/")
    return [(key, id), (name, None)] if key else [(name, None)]
