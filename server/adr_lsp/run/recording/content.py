"""The bytes that a run rests on, as they were when they were first read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from adr_lsp.run.recording.store import put

LARGEST_RECORD = 2 * 1024 * 1024
RECORD = re.compile(rb"\b[A-Z]{2,}-[0-9A-Z]")
RECORD_SUFFIXES = (".md", ".mdx")
NOT_OURS = frozenset(("site-packages", "dist-packages", "node_modules", "__pycache__"))
ROOT_MARKS = frozenset(("adr-lsp.toml", ".adr-lsp"))


class Content:
    """Paths relative to the root, each with the digest of its bytes, which the store holds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.digests: dict[str, str] = {}

    def add(self, paths: Iterable[str]) -> dict[str, str]:
        """Keep files; returns those that are new here."""
        added = {}
        for path in paths:
            if path not in self.digests and self._holds(path):
                raw = read_regular(self.root / path)
                if raw is not None:
                    added[path] = self.digests[path] = put(self.root, raw)
        return added

    def changed(self) -> list[str]:
        """Files that no longer are what was read."""
        return sorted(path for path in self.digests if self._now(path) != self.digests[path])

    def _holds(self, path: str) -> bool:
        """Whether no link leads out of the root."""
        return (self.root / path).resolve().is_relative_to(self.root.resolve())

    def _now(self, path: str) -> str | None:
        raw = read_regular(self.root / path)
        return None if raw is None else hashlib.sha256(raw).hexdigest()


def read_regular(path: Path, largest: int | None = None) -> bytes | None:
    """The bytes of a plain file, or None: nothing here may block on a pipe or a device."""
    try:
        if not path.is_file() or (largest is not None and path.stat().st_size > largest):
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def candidate_records(root: Path) -> Iterator[str]:
    """Markdown below the root that holds something like a key; roots of their own left out."""
    for path in files_below(root, RECORD_SUFFIXES, _is_root):
        raw = read_regular(root / path, LARGEST_RECORD)
        if raw is not None and RECORD.search(raw):
            yield path


def _is_root(folder: str, names: frozenset[str]) -> bool:
    if names & ROOT_MARKS:
        return True
    raw = read_regular(Path(folder, "pyproject.toml")) if "pyproject.toml" in names else None
    return b"[tool.adr-lsp" in (raw or b"")


def files_below(
    root: Path,
    suffixes: tuple[str, ...],
    is_apart: Callable[[str, frozenset[str]], bool],
    start: str = "",
) -> Iterator[str]:
    """Files of these suffixes in the folder `start`, by paths relative to the root; nothing of
    dot folders, environments, installed modules, and folders that are apart."""
    folders = [start]
    while folders:
        folder = folders.pop()
        entries = _listed(root / folder)
        names = frozenset(entry.name for entry in entries)
        if "pyvenv.cfg" in names or (folder != start and is_apart(str(root / folder), names)):
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NOT_OURS:
                    folders.append(path)
            elif entry.name.endswith(suffixes):
                yield path


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)
    return []
