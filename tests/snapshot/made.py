"""A root in memory, with the runs that were made on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from adr_lsp import sources
from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.evidence.model import Run
from adr_lsp.record import Invariant, Record, parse
from adr_lsp.references import References
from adr_lsp.snapshot import Snapshot, Standing, standing
from evidence.writing import run

NOW = datetime(2026, 3, 2, tzinfo=UTC)
RECORDS = "docs/adr/"


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Files:
    """A tree that is a value: files by path, and stored bytes by digest."""

    files: Mapping[str, bytes]
    objects: Mapping[str, bytes]

    def exists(self, path: str) -> bool:
        return path in self.files or any(each.startswith(path + "/") for each in self.files)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def digest(self, path: str) -> str | None:
        raw = self.files.get(path)
        return digest_of(raw) if raw is not None else None

    def stored(self, digest: str) -> bytes | None:
        return self.objects.get(digest)

    def paths(self) -> frozenset[str]:
        return frozenset(self.files)


@dataclass(slots=True)
class Root:
    """Files that are written, moved and removed; every run keeps what it saw."""

    files: dict[str, bytes] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    objects: dict[str, bytes] = field(default_factory=dict)
    now: datetime = NOW
    min_cases: int = 10

    def write(self, path: str, text: str) -> None:
        self.files[path] = text.encode()

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.files[path].decode()
        assert old in text
        self.write(path, text.replace(old, new))

    def ran(self, *lines: dict[str, Any], **fields: Any) -> Run:
        """A run on the files as they are."""
        files = {path: digest_of(raw) for path, raw in self.files.items()}
        self.objects |= {digest: self.files[path] for path, digest in files.items()}
        kept = {"type": "content", "files": files}
        fields.setdefault("minute", len(self.runs))
        self.runs.append(run(kept, *lines, **fields))
        return self.runs[-1]

    def snapshot(self) -> Snapshot:
        records = [
            parse(path, raw, log=RECORDS.rstrip("/"), prefixes=("INV",))
            for path, raw in self.files.items()
            if path.startswith(RECORDS)
        ]
        code = {
            path: sources.read(path, raw, ("INV",))
            for path, raw in self.files.items()
            if sources.language_of(path)
        }
        return Snapshot(
            config=Config(min_cases=self.min_cases),
            log=DecisionLog().replace({each.path: each for each in records}),
            sources=code,
            references=References().replace(code),
            runs=tuple(self.runs),
            tree=Files(dict(self.files), dict(self.objects)),
            now=self.now,
        )


def invariant_of(snapshot: Snapshot, key: str = "ADR-0001/INV-1") -> tuple[Record, Invariant]:
    name, _, id = key.partition("/")
    (record,) = snapshot.log.named(name)
    invariant = record.invariant(id)
    assert invariant is not None
    return record, invariant


def stands(root: Root, key: str = "ADR-0001/INV-1") -> Standing:
    snapshot = root.snapshot()
    return standing(snapshot, *invariant_of(snapshot, key))
