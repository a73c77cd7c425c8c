"""Which files a root holds: without version control, environments, modules and ignored files."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Iterator
from dataclasses import field
from pathlib import Path

from adr_lsp.config.ignored import ENVIRONMENT, NEVER
from adr_lsp.config.model import FILES
from adr_lsp.value import dataclass
from adr_lsp.workspace.ignored import NAME, Ignores, above, ignored, read_ignores
from adr_lsp.workspace.root import has_configuration

SETTINGS = (NAME, ENVIRONMENT, *FILES)

TICK = 50_000_000

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Walk:
    """Files by path relative to the root, each with its stamp, and the folders that failed.

    `folders` are those of which it matters what is in them, `settings` files that say what is
    left out, and `links` whatever is a symbolic link.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Folder:
    """`prefix` is its path from the root, empty or ending in `/`; `ignores` hold inside it."""

    place: Path
    prefix: str
    ignores: tuple[Ignores, ...]


def stamp(status: os.stat_result) -> Stamp:
    """What tells that a file was written again without reading it.

    Clocks of file systems tick slowly: a file written a moment ago may be written again and
    look the same, so its stamp is like no other.
    """
    now = time.time_ns()
    if abs(now - status.st_mtime_ns) < TICK:
        return status.st_mtime_ns, status.st_size, -now
    return status.st_mtime_ns, status.st_size, status.st_ino


def walk(root: Path) -> Walk:
    """Every file that may hold a record, a test or a link's target.

    Links to folders are not followed, links to files only inside the root; what is no regular
    file (a pipe, a device) is passed over. A folder with a configuration of its own is left to
    itself.
    """
    found = Walk()
    left = [Folder(root, "", above(root))]
    while left:
        left += _inner(root, left.pop(), found)
    return found


def holds(root: Path, path: str) -> bool:
    """Whether a file at `path`, there or not there yet, is one that `walk` would find."""
    folder: Folder | None = Folder(root, "", above(root))
    *folders, _ = path.split("/")
    for name in (*folders, None):
        folder = _entered(folder, _names(folder.place)) if folder else None
        if folder is None:
            return False
        if name is not None:
            folder = _below(folder, name)
    return folder is not None and not ignored(path, folder.ignores) and _may_stand(root, path)


def _inner(root: Path, folder: Folder, found: Walk) -> Iterator[Folder]:
    try:
        entries = list(os.scandir(folder.place))
    except OSError:
        found.unreadable.append(folder.prefix)
        found.folders.append(folder.prefix)
        return
    names = {entry.name for entry in entries}
    found.settings.extend(folder.prefix + name for name in SETTINGS if name in names)
    entered = _entered(folder, names)
    if entered is None or not _leaves_out_all(entered):
        found.folders.append(folder.prefix)
    if entered is None:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            below = _below(entered, entry.name)
            if below:
                yield below
        elif not ignored(path := entered.prefix + entry.name, entered.ignores):
            if entry.is_symlink():
                found.links.append(path)
            status = _regular(root, entry)
            if status:
                found.files[path] = stamp(status)


def _entered(folder: Folder, names: Collection[str]) -> Folder | None:
    """The folder with its own patterns; None for an environment or a root of its own."""
    if folder.prefix and (ENVIRONMENT in names or _own_root(folder.place, names)):
        return None
    file = folder.place / NAME
    own = read_ignores(file, folder.prefix) if NAME in names and file.is_file() else ()
    return Folder(folder.place, folder.prefix, (*folder.ignores, *own)) if own else folder


def _leaves_out_all(folder: Folder) -> bool:
    """Whether its own patterns are `*` alone, as those of other tools' caches."""
    own = folder.ignores[-1] if folder.ignores else None
    return own is not None and own.leaves_out_all and own.prefix == folder.prefix != ""


def _below(folder: Folder, name: str) -> Folder | None:
    prefix = f"{folder.prefix}{name}/"
    if name in NEVER or ignored(prefix, folder.ignores):
        return None
    return Folder(folder.place / name, prefix, folder.ignores)


def _own_root(folder: Path, names: Collection[str]) -> bool:
    return any(name in names for name in FILES) and has_configuration(folder)


def _regular(root: Path, entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        status = entry.stat()
        inside = not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # dangling, or a loop
        return None
    return status if inside and stat.S_ISREG(status.st_mode) else None


def _names(folder: Path) -> Collection[str]:
    try:
        return {inner.name for inner in folder.iterdir()}
    except OSError:
        return ()


def _may_stand(root: Path, path: str) -> bool:
    """Nothing is there yet, or a regular file inside the root."""
    file = root / path
    try:
        return not os.path.lexists(file) or (file.is_file() and file.resolve().is_relative_to(root))
    except (OSError, RuntimeError):
        return False
