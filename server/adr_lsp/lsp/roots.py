"""The roots that the client works in, each with its workspace, kept off the event loop's back."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from adr_lsp.lsp.health import Health, told
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass
from adr_lsp.workspace import Workspace, find_root, is_root
from adr_lsp.workspace.root import EVIDENCE_VARIABLE

log = logging.getLogger(__name__)

REST = 5
LONGEST_REST = 10.0
"""How many times as long as a look took there is none, and how many seconds at most."""


class Root:
    """One workspace. Either the event loop or one refreshing thread touches it, never both:
    edits that arrive during a refresh wait for its end, and so do questions.

    `spelled` is its folder as the client names it, which may lead through links.
    """

    def __init__(
        self, folder: Path, spelled: Path, refreshed: Callable[[], None], health: Health
    ) -> None:
        self.folder = folder
        self.spelled = spelled
        self.workspace = Workspace(folder)
        self.running: set[str] = set()
        self._rests_until = 0.0
        self._reads = threading.Lock()
        self._refreshed = refreshed
        self._health = health
        self._busy: asyncio.Task[None] | None = None
        self._again = False
        self._read = False
        self._waiting: dict[str, str | None] = {}

    @property
    def busy(self) -> bool:
        return self._busy is not None

    def ensure_read(self) -> None:
        """Read the root once, when it is first needed."""
        if not self._read:
            self.refresh()

    async def look_at_evidence(self, *, now: bool = False) -> None:
        """Read anew if `.adr-lsp/evidence` differs from what was read. A look costs a thread some
        time for each run: between two that nobody asked for is rest."""
        idle = self._read and not self._busy and not self._health.is_off(self._reading)
        if idle and (now or time.monotonic() >= self._rests_until):
            started = time.monotonic()
            changed = await asyncio.to_thread(self._evidence_changed)
            self._rest(time.monotonic() - started)
            if changed and not self._busy:
                self.refresh()

    def _rest(self, took: float) -> None:
        self._rests_until = time.monotonic() + min(REST * took, LONGEST_REST)

    def _evidence_changed(self) -> bool:
        with self._reads:
            return self.workspace.store.changed()

    def _refresh_workspace(self, edits: dict[str, str | None]) -> None:
        with self._reads:
            self.workspace.refresh(edits=edits)

    @property
    def _reading(self) -> str:
        return f"reading {self.folder.name}"

    async def snapshot(self) -> Snapshot:
        while self._busy:
            await asyncio.shield(self._busy)
        return self.workspace.snapshot()

    def edit(self, path: str, content: str | None) -> None:
        """The text of an open file; None: it was closed."""
        if self._busy or content is None or not self.workspace.knows(path):
            self._waiting.pop(path, None)
            self._waiting[path] = content
            self.refresh()
        else:
            self.workspace.edit(path, content)

    def refresh(self) -> None:
        """Bring in what changed on disk, in a thread; once more if asked for meanwhile."""
        self._read = self._again = True
        if not self._busy:
            self._busy = asyncio.get_running_loop().create_task(self._refresh())

    async def _refresh(self) -> None:
        try:
            while self._again:
                self._again = False
                waiting, self._waiting = self._waiting, {}
                started = time.monotonic()
                await asyncio.to_thread(self._refresh_workspace, waiting)
                self._rest(time.monotonic() - started)
        except Exception as fault:
            log.error("%s\n%s", self._reading, told(fault))
            self._health.failed(self._reading)
        finally:
            self._busy = None
        if not gc.get_freeze_count():
            gc.freeze()  # what was read first stays: no collection need look at it again
        self._refreshed()


@dataclass(frozen=True, slots=True)
class Place:
    """A file in its root."""

    root: Root
    path: str


class Roots:
    """Roots by folder, made when a file or a workspace folder first needs one."""

    def __init__(self, refreshed: Callable[[], None], health: Health) -> None:
        self._refreshed = refreshed
        self._health = health
        self._folders: list[Path] = []
        self._roots: dict[Path, Root] = {}
        self._known: dict[Path, Path | None] = {}

    def all(self) -> list[Root]:
        return list(self._roots.values())

    def add_folder(self, folder: Path) -> None:
        self._folders.append(folder)
        self._known.clear()

    def remove_folder(self, folder: Path) -> None:
        self._folders = [each for each in self._folders if each != folder]
        self._known.clear()

    def of_folders(self) -> list[Root]:
        """The roots of the workspace folders."""
        return [self._root(find_root(folder), folder) for folder in self._folders]

    def place(self, file: Path) -> Place | None:
        """Where a file belongs; None if it is in no workspace folder and in no other root."""
        try:
            if file.parent not in self._known:
                self._known[file.parent] = self._folder_of(file.parent.resolve())
            folder = self._known[file.parent]
            path = file.resolve().relative_to(folder).as_posix() if folder else ""
        except (OSError, ValueError, RuntimeError):
            return None
        return Place(self._root(folder, file.parent), path) if folder else None

    def _folder_of(self, place: Path) -> Path | None:
        """The nearest root that is configured or has evidence; else that of the workspace folder;
        else a repository. A stray file's folder is no root: it may be anybody's home."""
        found = find_root(place)
        if is_root(found) or EVIDENCE_VARIABLE in os.environ:
            return found
        around = [f for f in map(Path.resolve, self._folders) if place.is_relative_to(f)]
        if around:
            return find_root(max(around, key=lambda folder: len(folder.parts)))
        return found if (found / ".git").exists() else None

    def _root(self, folder: Path, spelled: Path) -> Root:
        if folder not in self._roots:
            way = _upwards(spelled, folder)
            self._roots[folder] = Root(folder, way, self._refreshed, self._health)
        return self._roots[folder]

    def keep(self, wanted: Iterable[Root]) -> None:
        """Drop all other roots."""
        kept = {root.folder for root in wanted}
        self._roots = {folder: root for folder, root in self._roots.items() if folder in kept}

    def reconsider(self) -> None:
        """A configuration may have come or gone: which root a folder belongs to may differ."""
        self._known.clear()


def _upwards(spelled: Path, folder: Path) -> Path:
    """`folder` as one of the folders above `spelled`, so that its links are kept."""
    return next((f for f in (spelled, *spelled.parents) if f.resolve() == folder), folder)
