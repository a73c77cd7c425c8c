"""The files of a root as a commit has them; nothing of the working tree is touched."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Mapping
from functools import cached_property

from adr_lsp.run.blobs import LINK, SUBMODULE, Blobs, Entry
from adr_lsp.snapshot import Tree

MOST_HOPS = 5
LONGEST_LINK = 4096


class PastTree:
    """What a snapshot of a commit reads.

    What version control does not hold (ignored files, what is in submodules) counts as it is now:
    no commit says what it was. Links count where they lead to a file of the same commit.
    """

    def __init__(self, entries: Mapping[str, Entry], blobs: Blobs, present: Tree) -> None:
        self._entries = entries
        self._blobs = blobs
        self._present = present
        self._held: frozenset[str] = frozenset()
        self._read: dict[str, bytes | None] = {}
        self._same: dict[str, bool] = {}

    def hold(self, paths: Iterable[str]) -> None:
        """Which paths belong to the root, where that is known."""
        self._held = frozenset(paths)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return _folders_of(self._entries)

    @cached_property
    def _known(self) -> frozenset[str]:
        """What the root holds now: its files and their folders."""
        return self._present.paths() | _folders_of(self._present.paths())

    @cached_property
    def _submodules(self) -> tuple[str, ...]:
        return tuple(f"{p}/" for p, entry in self._entries.items() if entry.mode == SUBMODULE)

    def paths(self) -> frozenset[str]:
        return self._held

    def stored(self, digest: str) -> bytes | None:
        return self._present.stored(digest)

    def exists(self, path: str) -> bool:
        if path in self._entries or path in self._folders:
            return True
        return self._unversioned(path) and self._present.exists(path)

    def _unversioned(self, path: str) -> bool:
        return path.startswith(self._submodules) or path not in self._known

    def read(self, path: str) -> bytes | None:
        if path not in self._read:
            self._read[path] = self._bytes(path)
        return self._read[path]

    def _bytes(self, path: str) -> bytes | None:
        if path not in self._entries:
            return self._present.read(path) if self._unversioned(path) else None
        if self.same(path):
            return self._present.read(path)
        entry = self._entry(path)
        return self._blobs.read(entry.object) if entry else None

    def digest(self, path: str) -> str | None:
        if path in self._entries and self.same(path):
            return self._present.digest(path)
        raw = self.read(path)
        return hashlib.sha256(raw).hexdigest() if raw is not None else None

    def same(self, path: str) -> bool:
        """Whether the file holds now what it held then; tells it without reading the commit."""
        if path not in self._same:
            entry = self._entry(path)
            raw = self._present.read(path) if entry and path in self._present.paths() else None
            self._same[path] = entry is not None and raw is not None and self._holds(entry, raw)
        return self._same[path]

    def holds(self, path: str) -> bool:
        """Whether the commit has a regular file there, or a link to one."""
        return self._entry(path) is not None

    def changed(self, path: str) -> bool:
        """Whether the file came, went or holds something else now."""
        return not self.same(path) and not path.startswith(self._submodules)

    def _holds(self, entry: Entry, raw: bytes) -> bool:
        """Line ends aside, which git itself converts."""
        algorithm = self._blobs.repository.algorithm
        return _name(algorithm, raw) == entry.object or (
            b"\r\n" in raw and _name(algorithm, raw.replace(b"\r\n", b"\n")) == entry.object
        )

    def _entry(self, path: str) -> Entry | None:
        """The regular file at a path, through links that stay in the commit."""
        for _ in range(MOST_HOPS):
            entry = self._entries.get(path)
            if entry is None or entry.is_file:
                return entry
            target = self._blobs.read(entry.object) if entry.mode == LINK else None
            if target is None or len(target) > LONGEST_LINK:
                return None
            way = target.decode("utf-8", "surrogateescape")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), way))
        return None


def _folders_of(paths: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        while (path := posixpath.dirname(path)) and path not in found:
            found.add(path)
    return frozenset(found)


def _name(algorithm: str, raw: bytes) -> str:
    """What git calls these bytes."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    digest.update(b"blob %d\0" % len(raw))
    digest.update(raw)
    return digest.hexdigest()
