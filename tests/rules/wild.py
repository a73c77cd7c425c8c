"""Real repositories' records, where a copy of them stands beside the project."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from adr_lsp.record.discovery import records_among
from adr_lsp.snapshot import Snapshot
from rules.case import MemoryTree, snapshot

CORPUS = Path(
    os.environ.get(
        "ADR_LSP_CORPUS", Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    )
)


@dataclass
class WildTree(MemoryTree):
    """A repository of which only the records are at hand, but every path is known."""

    listed: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _there(self) -> frozenset[str]:
        known = self.listed | self.files.keys()
        folders = (folder for path in known for folder in _above(path))
        return known | frozenset(folders)

    def exists(self, path: str) -> bool:
        return path in self._there or path == "."

    def paths(self) -> frozenset[str]:
        return self.listed | self.files.keys()


def _above(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def repositories() -> list[Path]:
    """One folder for each repository; none where there is no corpus."""
    folder = CORPUS / "adrs"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def wild(repository: Path) -> Snapshot:
    """A repository as it was, with its records and without any code."""
    listing = CORPUS / "trees" / f"{repository.name}.txt"
    listed = listing.read_text(errors="replace").splitlines() if listing.is_file() else []
    files = {
        file.relative_to(repository).as_posix(): file.read_bytes()
        for file in repository.rglob("*")
        if file.is_file()
    }
    tree = WildTree(files, {}, frozenset(listed))
    return snapshot(tree, set(records_among(files, ())))
