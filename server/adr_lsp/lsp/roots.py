"""The roots that the client works in, each with its workspace, kept off the event loop's back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace import Workspace, find_root

log = logging.getLogger(__name__)


class Root:
    """One workspace. Either the event loop or one refreshing thread touches it, never both:
    edits that arrive during a refresh wait for its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = Workspace(folder)
        self.running: set[str] = set()
        self._busy: asyncio.Task[None] | None = None
        self._again = False
        self._read = False
        self._waiting: dict[str, str | None] = {}

    @property
    def busy(self) -> bool:
        return self._busy is not None

    def ensure_read(self, done: Callable[[], None]) -> None:
        """Read the root once, when it is first needed."""
        if not self._read:
            self._read = True
            self.refresh(done)

    def evidence_changed(self) -> bool:
        """Whether `.adr-lsp/evidence` differs from what was read; costs one look at the folder."""
        return self._read and not self._busy and self.workspace.store.changed()

    async def snapshot(self) -> Snapshot:
        while self._busy:
            await asyncio.shield(self._busy)
        return self.workspace.snapshot()

    def edit(self, path: str, content: str | None) -> None:
        """The text of an open file; None: it was closed."""
        if self._busy:
            self._waiting[path] = content
        elif content is None:
            self.workspace.close(path)
        else:
            self.workspace.edit(path, content)

    def refresh(self, done: Callable[[], None]) -> None:
        """Bring in what changed on disk, in a thread; once more if asked for meanwhile."""
        if self._busy:
            self._again = True
            return
        self._busy = asyncio.get_running_loop().create_task(self._refreshed(done))

    async def _refreshed(self, done: Callable[[], None]) -> None:
        try:
            again = True
            while again:
                self._again = False
                await asyncio.to_thread(self.workspace.refresh)
                again = self._again
        except Exception:
            log.exception("refreshing %s", self.folder)
        finally:
            self._busy = None
            waiting, self._waiting = self._waiting, {}
            for path, content in waiting.items():
                self.edit(path, content)
        done()


class Roots:
    """Roots by folder, made when a file or a workspace folder first needs one."""

    def __init__(self) -> None:
        self._roots: dict[Path, Root] = {}
        self._known: dict[Path, Path] = {}

    def all(self) -> list[Root]:
        return list(self._roots.values())

    def of_folder(self, folder: Path) -> Root:
        found = find_root(folder)
        if found not in self._roots:
            self._roots[found] = Root(found)
        return self._roots[found]

    def of_file(self, file: Path) -> tuple[Root, str] | None:
        """The root of a file, and its path in it."""
        folder = file.parent
        if folder not in self._known:
            self._known[folder] = find_root(folder)
        root = self.of_folder(self._known[folder])
        try:
            return root, file.resolve().relative_to(root.folder).as_posix()
        except (ValueError, OSError):
            return None

    def forget(self, folder: Path) -> None:
        self._roots.pop(find_root(folder), None)
        self._known.clear()

    def reconsider(self) -> None:
        """A configuration came or went: which root a folder belongs to may differ."""
        self._known.clear()
