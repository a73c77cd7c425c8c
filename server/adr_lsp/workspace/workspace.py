"""One root as it changes: files, open buffers, records, code and runs."""

from __future__ import annotations

import os
import posixpath
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from adr_lsp import config, record, sources
from adr_lsp.config import Config
from adr_lsp.config.model import FILES
from adr_lsp.decision_log import DecisionLog
from adr_lsp.evidence.model import Run
from adr_lsp.record import Record
from adr_lsp.record.discovery import is_record, matches, records_among
from adr_lsp.record.shape import NO_SHAPE, Shape, shape_of
from adr_lsp.references import References
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.model import Source
from adr_lsp.workspace.files import Digests, Files
from adr_lsp.workspace.reading import read_walked
from adr_lsp.workspace.store import Store
from adr_lsp.workspace.walk import Stamp, Walk, holds, walk
from adr_lsp.workspace.witness import Witness, upwards

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Filed

Progress = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    pass


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """Keeps one root's snapshot current.

    `refresh` brings in what changed on disk, `edit` what changes in an editor. Whatever came
    before, the snapshot is the one that a new workspace with the same open texts would give.
    """

    def __init__(
        self, root: Path, *, require_evidence: bool = False, clock: Callable[[], datetime] = _now
    ) -> None:
        self.root = root.resolve()
        self.require_evidence = require_evidence
        self.store = Store(self.root)
        self._clock = clock
        self._digests = Digests(self.root)
        self._open: dict[str, bytes] = {}
        self._named: frozenset[str] = frozenset()
        self._runs: tuple[Run, ...] = ()
        self._reports: tuple[Filed, ...] = ()
        self._config = Config()
        self._forget()

    def _forget(self) -> None:
        self._walk = Walk()
        self._stamps: dict[str, Stamp] = {}
        self._buffers: dict[str, bytes] = {}
        self._paths: frozenset[str] = frozenset()
        self._logs: dict[str, str] = {}
        self._discovered: frozenset[str] = frozenset()
        self._shapes: dict[str, tuple[Stamp, Shape]] = {}
        self._log = DecisionLog()
        self._references = References()
        self._sources: dict[str, Source] = {}
        self._linked: Counter[str] = Counter()
        self._snapshot: Snapshot | None = None
        self._tree: Files | None = None

    def snapshot(self) -> Snapshot:
        """The root at this moment; the same value until something changes, or the day ends."""
        now = self._clock()
        if self._snapshot is None:
            self._snapshot = Snapshot(
                config=self._config,
                log=self._log,
                sources=dict(self._sources),
                references=self._references,
                runs=self._runs,
                tree=self._files(),
                now=now,
                require_evidence=self.require_evidence,
                unreadable=self.store.unreadable,
                reports=self._reports,
            )
        elif self._snapshot.now.date() != now.date():
            self._snapshot = replace(self._snapshot, now=now, memo={})
        return self._snapshot

    def _files(self) -> Files:
        buffers = dict(self._buffers)
        self._tree = Files(self.root, self._paths, buffers, self._digests, self.store.stored)
        return self._tree

    def witness(self) -> Witness | None:
        """All that the present snapshot rests on, and what was asked of it. None where that is
        more than files: an open text, or a run that goes on."""
        evidence = self.store.looked_at()
        asked = self._tree.asked() if self._tree else None
        if evidence is None or asked is None or self._open:
            return None
        found, above = self._walk, upwards(str(self.root))
        more = {*found.settings, *evidence, *asked[0]}.difference(found.files)
        links = (f"{self.root}/{path}" for path in (*found.links, *asked[0], ".adr-lsp"))
        return Witness(
            [*found.files, *found.folders, *sorted(more), *above.files],
            [*above.looked, *(f"{self.root}/{path}" for path in asked[1])],
            [*above.links, *links],
        )

    # What changes in an editor

    def edit(self, path: str, content: str) -> None:
        """The text of an open file, saved or not. A text that the root does not hold (ignored,
        in an environment) is kept, but counts for nothing."""
        if not self.knows(path):
            self.refresh(edits={path: content})
            return
        self._open[path] = _bytes(content)
        if path in self._buffers or path in self._stamps:
            self._buffers[path] = self._open[path]
            self._update({path})

    def knows(self, path: str) -> bool:
        """Whether an edit concerns that file alone: not which files there are, nor the settings."""
        return path not in FILES and (path in self._open or path in self._stamps)

    def close(self, path: str) -> None:
        """The file counts again as it is on disk."""
        self.refresh(edits={path: None})

    # What changes on disk

    def refresh(
        self,
        *,
        edits: Mapping[str, str | None] | None = None,
        named: Iterable[str] = (),
        progress: Progress = _silent,
    ) -> None:
        """Bring in every change on disk, and texts of open files (None: closed).

        `named` files count as records if they read as one.
        """
        edited = {path for path, content in (edits or {}).items() if self._opened(path, content)}
        configuration = self._read_config()
        if configuration.prefixes != self._config.prefixes:
            self._forget()
        self._config = configuration
        self._named |= frozenset(named)
        changed = self._look() | edited
        self._update(changed | self._discover(), progress)
        self.refresh_evidence()

    def refresh_evidence(self) -> None:
        """Bring in runs alone."""
        self.store.globs = self._config.evidence
        self._runs = self.store.runs()
        self.store.report_globs = self._config.reports
        self._reports = self.store.reports()
        self._snapshot = None

    def _opened(self, path: str, content: str | None) -> bool:
        """Keep or drop an open text; whether there was anything to keep or drop."""
        if content is None:
            return self._open.pop(path, None) is not None
        self._open[path] = _bytes(content)
        return True

    def _look(self) -> set[str]:
        """Take in which files there are; returns those that came, went or were written."""
        self._walk = walk(self.root)
        before, self._stamps = self._stamps, self._walk.files
        changed = {path for path, seen in self._stamps.items() if before.get(path) != seen}
        opened, self._buffers = self._buffers, self._held()
        self._paths = frozenset(self._stamps.keys() | self._buffers.keys())
        return changed | (before.keys() - self._stamps.keys()) | (opened.keys() ^ self._buffers)

    def _held(self) -> dict[str, bytes]:
        return {
            path: raw
            for path, raw in self._open.items()
            if path in self._stamps or holds(self.root, path)
        }

    def _read_config(self) -> Config:
        for name in FILES:
            raw = self._open[name] if name in self._open else _contents(f"{self.root}/{name}")
            if raw is not None and config.is_configuration(name, raw):
                from adr_lsp.workspace.settings import settings  # most roots have none

                return settings(self.root, name, raw)
        return Config()

    def _raw(self, path: str) -> bytes | None:
        if path in self._buffers:
            return self._buffers[path]
        if path not in self._stamps:
            return None
        return read_walked(self.root, path)

    def _discover(self) -> set[str]:
        """Which files are records; returns those for which that changed."""
        settings = self._config
        logs = records_among(self._paths, settings.records, settings.exclude, self._shape)
        self._discovered = frozenset(logs)
        for path in self._named & self._paths:
            if not matches(path, settings.exclude):
                logs.setdefault(path, posixpath.dirname(path))
        before, self._logs = self._logs, logs
        return {p for p in logs.keys() | before.keys() if logs.get(p) != before.get(p)}

    def _shape(self, path: str) -> Shape:
        """What a file on disk looks like. What is typed makes no file a record: a keystroke
        leaves open which files there are."""
        stamp = self._stamps.get(path)
        if stamp is None:
            return NO_SHAPE
        known = self._shapes.get(path)
        if known is None or known[0] != stamp:
            known = stamp, shape_of(path, read_walked(self.root, path) or b"")
            self._shapes[path] = known
        return known[1]

    def _update(self, paths: set[str], progress: Progress = _silent) -> None:
        """Read some files again, as records or as code, or forget them."""
        work = sorted(paths)
        records: dict[str, Record | None] = {}
        for done, path in enumerate(work):
            progress(done, len(work))
            if path in self._logs or path in self._log.records:
                records[path] = self._record(path)
        linked = self._relink(records)
        self._log = self._log.replace(records) if records else self._log
        code = (path for path in {*work, *linked} if sources.language_of(path))
        self._take_sources({path: self._source(path) for path in code})
        self._snapshot = None

    def _record(self, path: str) -> Record | None:
        raw = self._raw(path)
        if raw is None or path not in self._logs:
            return None
        found = record.parse(path, raw, log=self._logs[path], prefixes=self._config.prefixes)
        return found if is_record(found, discovered=path in self._discovered) else None

    def _relink(self, changes: dict[str, Record | None]) -> set[str]:
        """Count the files that records link to; returns those that gained or lost all links."""
        before = set(self._linked)
        for path, new in changes.items():
            self._linked.subtract(_verifiers(self._log.records.get(path)))
            self._linked.update(_verifiers(new))
        self._linked = +self._linked
        return before ^ set(self._linked)

    def _source(self, path: str) -> Source | None:
        """A file of code, if anything here is about it."""
        raw = self._raw(path)
        if raw is None:
            return None
        about = path in self._buffers or path in self._linked
        wanted = about or sources.might_refer(raw, self._config.prefixes)
        return sources.read(path, raw, self._config.prefixes) if wanted else None

    def _take_sources(self, changes: dict[str, Source | None]) -> None:
        known = {p: s for p, s in changes.items() if s is not None or p in self._sources}
        if not known:
            return
        self._references = self._references.replace(known)
        for path, source in known.items():
            if source is None:
                del self._sources[path]
            else:
                self._sources[path] = source


def _contents(file: str) -> bytes | None:
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116
            return None
        with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - a third of the cost
            return opened.read()
    except OSError:
        return None


def _bytes(content: str) -> bytes:
    return content.encode("utf-8", errors="replace")


def _verifiers(record: Record | None) -> Counter[str]:
    """Both places that each `Verified by` target may mean."""
    if record is None:
        return Counter()
    written = {v.path for v in record.verified_by}
    written |= {v.path for invariant in record.invariants for v in invariant.verified_by}
    folder = posixpath.dirname(record.path)
    places = (posixpath.normpath(posixpath.join(base, p)) for p in written for base in (folder, ""))
    return Counter(set(places))
