"""The runs and reports that the configuration names by globs: below the root, ignored or not."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from adr_lsp.record.discovery import matches
from adr_lsp.workspace.walk import Stamp, stamp

MOST = 200_000  # entries that are looked at for one glob
NEVER = frozenset({".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__", ".venv", "venv"})
_SIGN = re.compile(r"[*?{\[]")


class Named:
    """The files that globs mean below a root, looked for again only where a folder changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._globs: tuple[str, ...] = ()
        self._folders: dict[str, Stamp | None] = {}
        self._paths: tuple[str, ...] = ()

    @property
    def folders(self) -> list[str]:
        """Those that were looked into: while none of them changes, the globs mean these files."""
        return sorted(folder or "." for folder in self._folders)

    def of(self, globs: tuple[str, ...]) -> dict[str, Stamp]:
        """Every regular file that one of the globs means, by path, with its stamp."""
        same = globs == self._globs
        if not same or any(_stamp(self.root / f) != seen for f, seen in self._folders.items()):
            self._globs, self._folders = globs, {}
            self._paths = tuple(self._found())
        stamps = ((path, _stamp(self.root / path)) for path in self._paths)
        return {path: seen for path, seen in stamps if seen and (self.root / path).is_file()}

    def _found(self) -> list[str]:
        found: dict[str, None] = {}
        for glob in self._globs:
            for path in self._below(_folder(glob)):
                if path not in found and matches(path, (glob,)):
                    found[path] = None
        return sorted(found)

    def _below(self, folder: str | None) -> Iterator[str]:
        """The files of a folder and those below it; links to folders are not followed."""
        if folder is None:
            return
        seen = 0
        left = [folder]
        above = folder.split("/")
        for end in range(len(above)):  # where the folder may come
            self._look("/".join(above[:end]))
        while left and seen < MOST:
            here = left.pop()
            self._look(here)
            with suppress(OSError), os.scandir(self.root / here) as entries:
                for entry in entries:
                    seen += 1
                    path = f"{here}/{entry.name}" if here else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        left += [] if entry.name in NEVER else [path]
                    elif entry.is_file() or entry.is_symlink():  # one that leads nowhere yet
                        yield path

    def _look(self, folder: str) -> None:
        """Note how a folder stands before it is read."""
        self._folders.setdefault(folder, _stamp(self.root / folder))


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp(path.stat())
    except OSError:
        return None


def _folder(glob: str) -> str | None:
    """The folder below which all files stand that a glob can mean; None outside the root."""
    fixed = []
    for part in glob.removeprefix("./").split("/")[:-1]:
        if _SIGN.search(part):
            break
        fixed.append(part)
    outside = glob.startswith("/") or ".." in fixed or "" in fixed
    return None if outside else "/".join(fixed)
