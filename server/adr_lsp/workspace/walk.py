"""Which files a root holds: without version control, environments, modules and ignored files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pathspec import GitIgnoreSpec

from adr_lsp.config.model import FILES
from adr_lsp.workspace.root import has_configuration

NEVER = {".git", ".hg", ".svn", ".jj", ".adr-lsp", "node_modules", "__pycache__", ".venv", "venv"}

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Walk:
    """Files by path relative to the root, each with its stamp, and the folders that failed."""

    files: dict[str, Stamp] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def stamp(status: os.stat_result) -> Stamp:
    """What tells that a file was written again without reading it."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def walk(root: Path) -> Walk:
    """Every file that may hold a record, a test or a link's target.

    Links to folders are not followed, links to files only inside the root; what is no regular
    file (a pipe, a device) is passed over. A folder with a configuration of its own is left to
    itself.
    """
    found = Walk()
    _folder(root, root, "", [], found)
    return found


def _folder(
    root: Path, folder: Path, prefix: str, ignores: list[tuple[str, GitIgnoreSpec]], found: Walk
) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        found.unreadable.append(prefix)
        return
    names = {entry.name for entry in entries}
    if "pyvenv.cfg" in names or (prefix and _own_root(folder, names)):
        return
    if ".gitignore" in names:
        ignores = [*ignores, (prefix, _ignore_file(folder / ".gitignore"))]
    for entry in entries:
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in NEVER and not _ignored(path + "/", ignores):
                _folder(root, folder / entry.name, path + "/", ignores, found)
        elif not _ignored(path, ignores):
            status = _regular(root, entry)
            if status:
                found.files[path] = stamp(status)


def _own_root(folder: Path, names: set[str]) -> bool:
    return any(name in names for name in FILES) and has_configuration(folder)


def _regular(root: Path, entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        status = entry.stat()
        inside = not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # dangling, or a loop
        return None
    return status if inside and stat.S_ISREG(status.st_mode) else None


def _ignore_file(file: Path) -> GitIgnoreSpec:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    return GitIgnoreSpec.from_lines(_valid(lines))


def _valid(lines: list[str]) -> Iterator[str]:
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:  # git passes over a pattern that it cannot read
            continue
        yield line


def _ignored(path: str, ignores: list[tuple[str, GitIgnoreSpec]]) -> bool:
    """The verdict of the deepest `.gitignore` that says anything."""
    for prefix, spec in reversed(ignores):
        verdict = spec.check_file(path[len(prefix) :]).include
        if verdict is not None:
            return bool(verdict)
    return False
