"""Real repositories: their decision records, and the paths of everything else that they hold."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from adr_lsp import record, sources
from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.record.discovery import is_record, records_among
from adr_lsp.record.shape import Shape, shape_of
from adr_lsp.references import References
from adr_lsp.snapshot import Snapshot

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CORPUS = Path(os.environ.get("ADR_LSP_CORPUS", BESIDE))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ABSENT = f"""no corpus of real records at {CORPUS}: set ADR_LSP_CORPUS to a folder that holds
  adrs/<repository>/<path>   the files themselves
  trees/<repository>.txt     all paths of that repository, one a line"""


@dataclass(frozen=True)
class Repository:
    """One repository as it was: the bytes of some files, the paths of all.

    `files` and `listed` are relative to its root. It stands for a tree in snapshots too.
    """

    name: str
    files: dict[str, bytes]
    listed: frozenset[str]

    @cached_property
    def known(self) -> frozenset[str]:
        return self.listed | self.files.keys()

    @cached_property
    def records(self) -> dict[str, str]:
        """The paths that count as records, with their logs; nothing is configured."""
        return records_among(self.known, (), (), self._shape)

    def _shape(self, path: str) -> Shape:
        return shape_of(path, self.files.get(path, b""))

    @cached_property
    def _there(self) -> frozenset[str]:
        return self.known | frozenset(above for path in self.known for above in _above(path))

    def exists(self, path: str) -> bool:
        return path in self._there or path == "."

    def paths(self) -> frozenset[str]:
        return self.known

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def digest(self, path: str) -> str | None:
        raw = self.files.get(path)
        return None if raw is None else sha256(raw).hexdigest()

    def stored(self, digest: str) -> bytes | None:  # noqa: ARG002 - a tree of snapshots has it
        return None


def names() -> list[str]:
    """Every repository of the corpus; none where there is no corpus."""
    folder = CORPUS / "adrs"
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def repository(name: str) -> Repository:
    folder = CORPUS / "adrs" / name
    listing = CORPUS / "trees" / f"{name}.txt"
    listed = listing.read_text(errors="replace").splitlines() if listing.is_file() else []
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    return Repository(name, files, frozenset(listed))


def records_of(held: Repository) -> dict[str, str]:
    """The paths that count as records, with their logs."""
    return held.records


def snapshot(held: Repository) -> Snapshot:
    """The repository with its records, and with such code as is at hand."""
    logs = {path: log for path, log in held.records.items() if path in held.files}
    read = {path: record.parse(path, held.files[path], log=log) for path, log in logs.items()}
    parsed = {path: one for path, one in read.items() if is_record(one, discovered=True)}
    code = {path: sources.read(path, raw, ("INV",)) for path, raw in held.files.items()}
    known = {path: source for path, source in code.items() if source is not None}
    log, references = DecisionLog().replace(parsed), References().replace(known)
    return Snapshot(Config(), log, known, references, (), held, NOW, False)


def _above(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path
