"""A project in memory: its snapshot, and what edits make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from adr_lsp.config import Config
from adr_lsp.decision_log import DecisionLog
from adr_lsp.record import parse
from adr_lsp.references import References
from adr_lsp.scaffold import Refusal, Scaffold, scaffold
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit, apply_edits, decode

Files = dict[str, str]


@dataclass(frozen=True)
class Tree:
    files: Mapping[str, bytes]

    def exists(self, path: str) -> bool:
        return path in self.files or any(file.startswith(f"{path}/") for file in self.files)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def digest(self, path: str) -> str | None:
        raw = self.read(path)
        return None if raw is None else sha256(raw).hexdigest()

    def stored(self, digest: str) -> bytes | None:
        return next((raw for raw in self.files.values() if sha256(raw).hexdigest() == digest), None)

    def paths(self) -> frozenset[str]:
        return frozenset(self.files)


def snapshot(files: Files, config: Config | None = None) -> Snapshot:
    tree = Tree({path: text.encode() for path, text in files.items()})
    records = [
        parse(path, text.encode(), log=path.rpartition("/")[0], prefixes=("INV",))
        for path, text in files.items()
        if path.endswith(".md")
    ]
    log = DecisionLog().replace({each.path: each for each in records})
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Snapshot(config or Config(), log, {}, References(), (), tree, now)


def made(
    files: Files, id: str = "INV-1", method: str = "property", config: Config | None = None
) -> Scaffold | Refusal:
    now = snapshot(files, config)
    record = next(record for record in now.log if record.invariant(id))
    invariant = record.invariant(id)
    assert invariant is not None
    return scaffold(now, record, invariant, method)


def edited(files: Files, edits: tuple[Edit, ...]) -> Files:
    """The files after the edits."""
    after = dict(files)
    for path in dict.fromkeys(edit.path for edit in edits):
        old = decode(after.get(path, "").encode())[0]
        after[path] = apply_edits(old, [edit for edit in edits if edit.path == path])
    return after


def written(
    files: Files, id: str = "INV-1", config: Config | None = None, method: str = "property"
) -> Files:
    """The files after the scaffold of an invariant."""
    scaffold = made(files, id, method, config)
    assert isinstance(scaffold, Scaffold), scaffold
    return edited(files, scaffold.edits)


def refused(files: Files, id: str = "INV-1", method: str = "property") -> str:
    """Why there is no scaffold."""
    refusal = made(files, id, method)
    assert isinstance(refusal, Refusal), refusal
    return refusal.reason
