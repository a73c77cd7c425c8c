"""The code that a `Target:` line names."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.code_definitions import Defined, defined
from adr_lsp.features.place import Location
from adr_lsp.record import Record, Target
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.targets import file_of, named
from adr_lsp.text import NOWHERE


def target_code(snapshot: Snapshot, record: Record, target: Target) -> Iterator[Location]:
    """Definitions of that name, or a whole file."""
    parts = named(target)
    path = file_of(snapshot, record, parts.place) if parts else None
    if parts is None or path is None:
        return
    if not parts.name:
        yield Location(path, NOWHERE, NOWHERE)
    for each in defined_in(snapshot, path):
        if parts.name and f".{each.name}".endswith(f".{parts.name}"):
            yield Location(path, each.name_range, each.range)


def defined_in(snapshot: Snapshot, path: str) -> tuple[Defined, ...]:
    raw = snapshot.tree.read(path)
    return defined(path, raw) if raw else ()
