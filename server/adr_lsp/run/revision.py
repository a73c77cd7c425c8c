"""A root as it was where HEAD left a revision, read by the same rules as now."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from adr_lsp import config, record, sources
from adr_lsp.config import Config
from adr_lsp.config.ignored import ENVIRONMENT, NAME, NEVER, Ignores, ignored, ignores_of
from adr_lsp.config.model import FILES
from adr_lsp.decision_log import DecisionLog
from adr_lsp.record import Record
from adr_lsp.record.discovery import is_record, records_among
from adr_lsp.record.shape import Shape, shape_of
from adr_lsp.references import References
from adr_lsp.run.blobs import Blobs, Entry, entries
from adr_lsp.run.git import Repository, fork, open_repository
from adr_lsp.run.past_tree import PastTree
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source


def with_base(present: Snapshot, folder: Path, ref: str) -> Snapshot:
    """The snapshot of the root `folder`, with the root as it was where HEAD left `ref`.

    Raises GitError where git cannot say. The working tree and the index stay as they are.
    """
    repository = open_repository(folder)
    parted = fork(repository, ref)
    blobs = Blobs(repository)
    base = _snapshot(present, repository, blobs, parted.base)
    gained = _gained(base, repository, blobs, parted.tip) if parted.tip != parted.base else ()
    return replace(present, base=base, base_name=ref, gained=gained, memo={})


def changed_paths(snapshot: Snapshot) -> tuple[str, ...]:
    """The files that are not what they were at the snapshot's base, came or went."""
    base = snapshot.base.tree if snapshot.base else None
    if not isinstance(base, PastTree):
        return ()
    paths = snapshot.tree.paths() | base.paths()
    return tuple(sorted(path for path in paths if base.changed(path)))


def _snapshot(present: Snapshot, repository: Repository, blobs: Blobs, commit: str) -> Snapshot:
    found = entries(repository, commit)
    tree = PastTree(found, blobs, present.tree)
    tree.hold(_kept(found, tree, _above(repository, blobs, commit)))
    settings = _config(present, tree)
    log = DecisionLog().replace(_records(present, tree, settings))
    code = _sources(present, tree, settings)
    return replace(
        present,
        config=settings,
        log=log,
        sources=code,
        references=References().replace(code),
        tree=tree,
        memo={},
    )


def _config(present: Snapshot, tree: PastTree) -> Config:
    for name in FILES:
        raw = tree.read(name) if name in tree.paths() else None
        if raw is not None and config.is_configuration(name, raw):
            unchanged = present.config.path == name and tree.same(name)
            return present.config if unchanged else config.read(name, raw)
    return Config()


def _records(present: Snapshot, tree: PastTree, settings: Config) -> dict[str, Record]:
    """Every record of the commit; one whose file is the same now is not parsed again."""
    logs = _logs(tree, settings)
    discovered = frozenset(logs)
    if settings == present.config:  # files that count because they were named
        for path in present.log.records.keys() & tree.paths():
            logs.setdefault(path, present.log.records[path].log)
    found: dict[str, Record] = {}
    for path, log in logs.items():
        known = present.log.records.get(path)
        alike = known and known.log == log and settings.prefixes == present.config.prefixes
        if known and alike and tree.same(path):
            found[path] = known
        elif (raw := tree.read(path)) is not None:
            parsed = record.parse(path, raw, log=log, prefixes=settings.prefixes)
            if is_record(parsed, discovered=path in discovered):
                found[path] = parsed
    return found


def _logs(tree: PastTree, settings: Config) -> dict[str, str]:
    def shape(path: str) -> Shape:
        return shape_of(path, tree.read(path) or b"")

    return records_among(tree.paths(), settings.records, settings.exclude, shape)


def _sources(present: Snapshot, tree: PastTree, settings: Config) -> dict[str, Source]:
    """Every file of code with a reference; what is the same now is not parsed again."""
    found: dict[str, Source] = {}
    alike = settings.prefixes == present.config.prefixes
    for path in filter(sources.language_of, tree.paths()):
        if alike and tree.same(path):
            source = present.sources.get(path)
        else:
            raw = tree.read(path)
            wanted = raw is not None and sources.might_refer(raw, settings.prefixes)
            source = sources.read(path, raw, settings.prefixes) if raw and wanted else None
        if source is not None:
            found[path] = source
    return found


def _gained(base: Snapshot, repository: Repository, blobs: Blobs, tip: str) -> tuple[Record, ...]:
    """The records that stand at the tip and did not stand at the base."""
    found = entries(repository, tip)
    tree = PastTree(found, blobs, base.tree)
    tree.hold(_kept(found, tree, _above(repository, blobs, tip)))
    logs = _logs(tree, base.config)
    new = ((path, tree.read(path)) for path in sorted(logs) if path not in base.log.records)
    prefixes = base.config.prefixes
    return tuple(
        record.parse(path, raw, log=logs[path], prefixes=prefixes)
        for path, raw in new
        if raw is not None
    )


def _above(repository: Repository, blobs: Blobs, commit: str) -> tuple[Ignores, ...]:
    """The patterns that stood above the root; none if they left out the root."""
    parts = repository.prefix.split("/")[:-1]
    found: tuple[Ignores, ...] = ()
    for depth in range(len(parts)):
        folder = "".join(f"{part}/" for part in parts[:depth])
        raw = blobs.read(f"{commit}:{folder}{NAME}")
        found += ignores_of(raw, "", repository.prefix[len(folder) :]) if raw else ()
    return () if any(each.verdict("") for each in found) else found


def _kept(files: Mapping[str, Entry], tree: PastTree, outer: tuple[Ignores, ...]) -> Iterable[str]:
    """The files that belong to the root: not ignored, and not those of another root below it."""

    @cache
    def patterns(prefix: str) -> tuple[Ignores, ...] | None:
        """Those that hold inside a folder; None if it does not belong to the root."""
        within = outer
        if prefix:
            parent, _, name = prefix[:-1].rpartition("/")
            above = patterns(f"{parent}/" if parent else "")
            if above is None or name in NEVER or ignored(prefix, above):
                return None
            if f"{prefix}{ENVIRONMENT}" in files or _own_root(prefix, files, tree):
                return None
            within = above
        raw = tree.read(f"{prefix}{NAME}") if f"{prefix}{NAME}" in files else None
        return (*within, *(ignores_of(raw, prefix) if raw else ()))

    for path in filter(tree.holds, files):
        folder = posixpath.dirname(path)
        inside = patterns(f"{folder}/" if folder else "")
        if inside is not None and not ignored(path, inside):
            yield path


def _own_root(prefix: str, files: Collection[str], tree: PastTree) -> bool:
    """Whether a folder has a configuration of its own."""
    named = (name for name in FILES if f"{prefix}{name}" in files)
    return any(config.is_configuration(n, tree.read(f"{prefix}{n}") or b"") for n in named)
