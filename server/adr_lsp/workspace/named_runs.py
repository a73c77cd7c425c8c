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


def named_runs(
    root: Path, globs: tuple[str, ...], looked: set[str] | None = None
) -> dict[str, Stamp]:
    """Every regular file that one of the globs means, by path, with its stamp. `looked` takes the
    folders that were looked into: while none of them changes, the globs mean these files."""
    found: dict[str, Stamp] = {}
    folders = set() if looked is None else looked
    for glob in globs:
        for path in _below(root, _folder(glob), folders):
            if path not in found and matches(path, (glob,)):
                with suppress(OSError):
                    found[path] = stamp((root / path).stat())
    return dict(sorted(found.items()))


def _folder(glob: str) -> str | None:
    """The folder below which all files stand that a glob can mean; None outside the root."""
    fixed = []
    for part in glob.removeprefix("./").split("/")[:-1]:
        if _SIGN.search(part):
            break
        fixed.append(part)
    outside = glob.startswith("/") or ".." in fixed or "" in fixed
    return None if outside else "/".join(fixed)


def _below(root: Path, folder: str | None, looked: set[str]) -> Iterator[str]:
    """The files of a folder and those below it; links to folders are not followed."""
    if folder is None:
        return
    seen = 0
    left = [folder]
    above = folder.split("/")
    looked |= {"/".join(above[:end]) for end in range(len(above))}  # where the folder may come
    while left and seen < MOST:
        here = left.pop()
        looked.add(here)
        with suppress(OSError), os.scandir(root / here) as entries:
            for entry in entries:
                seen += 1
                path = f"{here}/{entry.name}" if here else entry.name
                if entry.is_dir(follow_symlinks=False):
                    left += [] if entry.name in NEVER else [path]
                elif entry.is_file():
                    yield path
