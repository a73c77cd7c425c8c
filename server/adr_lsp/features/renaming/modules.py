"""`Target:` lines that name a file as a module, once that file has moved."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from adr_lsp.record import Record, Target
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.targets import CODE, file_of, named
from adr_lsp.text import Edit

_OWN = "/__init__"


def modules_followed(snapshot: Snapshot, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Each module by its new name; one that leaves the folder that modules are named from stays
    for its author."""
    if not any(posixpath.splitext(path)[1] in CODE for path in moves):
        return
    for record in snapshot.log:
        for target in (each for i in record.invariants for each in i.targets):
            yield from _followed(snapshot, moves, record, target)


def _followed(
    snapshot: Snapshot, moves: Mapping[str, str], record: Record, target: Target
) -> Iterator[Edit]:
    parts = named(target)
    if parts is None or "/" in parts.place or posixpath.splitext(parts.place)[1] in CODE:
        return
    path = file_of(snapshot, record, parts.place)
    new = moves.get(path) if path else None
    module = _moved(parts.place, path, new) if path and new else None
    if module and module != parts.place:
        start = record.text.offset(target.range.start)
        at = record.text.content.find(parts.place, start)
        yield Edit(record.path, record.text.range(at, at + len(parts.place)), module)


def _moved(module: str, path: str, new_path: str) -> str | None:
    """What the module is called then, if it was named after its path."""
    old, new = (posixpath.splitext(each)[0].removesuffix(_OWN) for each in (path, new_path))
    folder = old.removesuffix(module.replace(".", "/"))
    if old == folder or not new.startswith(folder):
        return None
    return new[len(folder) :].replace("/", ".")
