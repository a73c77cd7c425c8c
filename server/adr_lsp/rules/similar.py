"""Files that somebody may have meant who named one that is not there."""

from __future__ import annotations

import posixpath

from adr_lsp.record import Record
from adr_lsp.rules.nearest import MANY, nearest
from adr_lsp.snapshot import Snapshot


def similar_file(record: Record, path: str, snapshot: Snapshot) -> str | None:
    """A file of the same name elsewhere, or of nearly the same name in the same folder."""
    same = files_named(snapshot, posixpath.basename(path))
    by_folder = _files(snapshot)[1]
    if same:
        return nearest(path, same[:MANY]) or same[0]
    for start in (posixpath.dirname(record.path), ""):
        folder = posixpath.dirname(posixpath.normpath(posixpath.join(start, path)))
        name = posixpath.basename(path)
        near = nearest(name, by_folder.get(folder, ()))
        if near and nearest(_bare(name), [_bare(near)]):
            return posixpath.join(folder, near)
    return None


def files_named(snapshot: Snapshot, name: str) -> list[str]:
    """The files of that name in any folder, by path."""
    return _files(snapshot)[0].get(name, [])


def _bare(name: str) -> str:
    """A file's name without its ending, which makes others look alike."""
    return posixpath.splitext(name)[0]


def _files(snapshot: Snapshot) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Every file by its name, and the names of the files in each folder."""
    if _files not in snapshot.memo:
        by_name: dict[str, list[str]] = {}
        by_folder: dict[str, list[str]] = {}
        for path in sorted(snapshot.tree.paths()):
            by_name.setdefault(posixpath.basename(path), []).append(path)
            by_folder.setdefault(posixpath.dirname(path), []).append(posixpath.basename(path))
        snapshot.memo[_files] = by_name, by_folder
    found: tuple[dict[str, list[str]], dict[str, list[str]]] = snapshot.memo[_files]
    return found
