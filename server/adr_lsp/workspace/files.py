"""The present bytes of a root's files: open buffers first, then the disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from adr_lsp.workspace.reading import digest_of, read_file
from adr_lsp.workspace.walk import Stamp, stamp


class Digests:
    """SHA-256 of files on disk by path and stamp, shared between snapshots."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[str, tuple[Stamp, str]] = {}

    def of(self, path: str) -> str | None:
        try:
            now = stamp((self.root / path).stat())
            known = self._known.get(path)
        except (OSError, ValueError):
            return None
        if known and known[0] == now:
            return known[1]
        raw = read_file(self.root, path)
        if raw is None:
            return None
        digest = digest_of(raw)
        self._known[path] = now, digest
        return digest


class Files:
    """One snapshot's view of the files: what was read once stays as it was read.

    Nothing outside the root is read, whatever a record or a run names.
    """

    def __init__(
        self,
        root: Path,
        paths: frozenset[str],
        buffers: Mapping[str, bytes],
        digests: Digests,
        stored: Callable[[str], bytes | None],
    ) -> None:
        self.root = root
        self.stored = stored
        self._paths = paths
        self._buffers = buffers
        self._digests = digests
        self._read: dict[str, bytes | None] = {}
        self._digest: dict[str, str | None] = {}
        self._exists: dict[str, bool] = {}

    def paths(self) -> frozenset[str]:
        return self._paths

    def exists(self, path: str) -> bool:
        if path in self._paths or path in self._buffers:
            return True
        if path not in self._exists:
            self._exists[path] = self._on_disk(path)
        return self._exists[path]

    def asked(self) -> tuple[set[str], set[str]] | None:
        """The paths that were read, and those of which only was asked whether they are there.
        None where one of them came or went meanwhile."""
        there = {**self._exists, **{path: True for path, raw in self._read.items() if raw}}
        if any(answer != self._on_disk(path) for path, answer in there.items()):
            return None
        return self._read.keys() | self._digest.keys(), set(self._exists)

    def _on_disk(self, path: str) -> bool:
        try:
            return (self.root / path).exists()
        except (OSError, ValueError):
            return False

    def read(self, path: str) -> bytes | None:
        if path in self._buffers:
            return self._buffers[path]
        if path not in self._read:
            self._read[path] = read_file(self.root, path)
        return self._read[path]

    def digest(self, path: str) -> str | None:
        if path not in self._digest:
            raw = self._buffers.get(path)
            fixed = raw if raw is not None else self._read.get(path)
            self._digest[path] = digest_of(fixed) if fixed is not None else self._digests.of(path)
        return self._digest[path]
