"""Carries out a change of files: as a diff to look at, or on disk; all of it or nothing."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.writing import NotWritten, write_all
from adr_lsp.features.formats.escape import safe
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, apply_edits, decode
from adr_lsp.workspace import Workspace

MARK = b"\xef\xbb\xbf"
_UNNAMED = re.compile(r"""[\x00-\x1f\x7f"\\\ud800-\udfff]""")


def carry_out(workspace: Workspace, change: Change, *, diff: bool = False) -> tuple[str, ...]:
    """Write every edit, then rename; with `diff` print a patch and write nothing.

    Returns the paths that are written, as they are called afterwards. Stops, with nothing
    written, where a file is no UTF-8, leads out of the root, or is in the way of a rename.
    """
    snapshot = workspace.snapshot()
    moved = {move.path: move.new_path for move in change.moves}
    after = {path: _after(snapshot, change.edits, path) for path in change.paths}
    if diff:
        paths = dict.fromkeys([*after, *moved])
        patch = "".join(_diff(snapshot, p, after.get(p), moved.get(p, p)) for p in paths)
        emit(_shown(patch) if sys.stdout.isatty() else patch)
        return ()
    for path in (*after, *moved, *moved.values()):
        _refuse_outside(workspace, path)
    for path in after:
        _refuse_changed(snapshot, path)
    _refuse_twins(workspace.root, tuple(after))
    for path, new_path in moved.items():
        _refuse_taken(workspace.root, path, new_path, moved)
    try:
        write_all(workspace.root, after, moved)
    except NotWritten as fault:
        raise _nothing(str(fault)) from fault
    return tuple(moved.get(path, path) for path in dict.fromkeys([*after, *moved]))


def _before(snapshot: Snapshot, path: str) -> bytes:
    return snapshot.tree.read(path) or b""


def _after(snapshot: Snapshot, edits: tuple[Edit, ...], path: str) -> bytes:
    """The file's new bytes; a byte order mark stays."""
    raw = _before(snapshot, path)
    content, fault = decode(raw)
    if fault is not None:
        raise _nothing(f"{path}: byte {fault} is not UTF-8")
    mine = [edit for edit in edits if edit.path == path]
    _refuse_overlap(path, mine)
    mark = MARK if raw.startswith(MARK) else b""
    return mark + apply_edits(content, mine).encode("utf-8")


def _diff(snapshot: Snapshot, path: str, after: bytes | None, new_path: str) -> str:
    """One file's part of a patch that `git apply` and `patch` read."""
    before = _before(snapshot, path)
    old, new = _lines(before), _lines(before if after is None else after)
    source, target = _named(f"a/{path}"), _named(f"b/{new_path}")
    header = (
        f"diff --git {source} {target}\nrename from {_named(path)}\nrename to {_named(new_path)}\n"
    )
    source = _ends(source) if snapshot.tree.exists(path) else "/dev/null"
    hunks = "".join(map(_ended, difflib.unified_diff(old, new, source, _ends(target))))
    return (header if path != new_path else "") + hunks


def _named(path: str) -> str:
    """A path as git writes it: what would end its line, or is no character, is quoted."""
    if not _UNNAMED.search(path):
        return path
    quoted = "".join(_octal(c) if _UNNAMED.match(c) else c for c in path)
    return f'"{quoted}"'


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))


def _ends(name: str) -> str:
    """A tab ends a name that holds a space."""
    return f"{name}\t" if " " in name and not name.startswith('"') else name


def _lines(raw: bytes) -> list[str]:
    """Lines end at LF alone, as `patch` has it."""
    *whole, rest = raw.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _shown(diff: str) -> str:
    """A diff to look at; one that goes to a file or to `patch` keeps its characters."""
    return "".join(f"{safe(line.rstrip(chr(13)))}\n" for line in diff.split("\n")[:-1])


def _refuse_outside(workspace: Workspace, path: str) -> None:
    try:
        inside = (workspace.root / path).resolve().is_relative_to(workspace.root)
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside:
        raise _nothing(f"{path} leads out of the root")


def _refuse_taken(root: Path, path: str, new_path: str, moved: Mapping[str, str]) -> None:
    """A name is free if nothing has it, or what has it moves away, or it differs in case alone."""
    if list(moved.values()).count(new_path) > 1:
        raise _nothing(f"two files would be called {new_path}")
    source, target = root / path, root / new_path
    if new_path in moved or not os.path.lexists(target):
        return
    if not (source.exists() and target.exists() and source.samefile(target)):
        raise _nothing(f"{new_path} exists already")


def _refuse_overlap(path: str, edits: list[Edit]) -> None:
    places = sorted((edit.range for edit in edits), key=lambda place: (place.start, place.end))
    for first, second in pairwise(places):
        if second.start < first.end:
            line = second.start.line + 1
            raise _nothing(f"{path}:{line}: two edits want one place")


def _refuse_changed(snapshot: Snapshot, path: str) -> None:
    """Edits tell places of the text that was read; another text has other places."""
    record, source = snapshot.log.records.get(path), snapshot.sources.get(path)
    read = record.text.content if record else source.text if source else None
    now = _before(snapshot, path)
    if read is not None and decode(now)[0] != read:
        raise _nothing(f"{path} was changed meanwhile")


def _refuse_twins(root: Path, paths: tuple[str, ...]) -> None:
    """Two links to one file, or two files that would take one name, leave only one of them."""
    seen: dict[Path, str] = {}
    for path in paths:
        other = seen.setdefault((root / path).resolve(), path)
        if other != path:
            raise _nothing(f"{other} and {path} are one file")


def _nothing(reason: str) -> Stop:
    return Stop(Exit.USAGE, f"{reason}; nothing was written")
