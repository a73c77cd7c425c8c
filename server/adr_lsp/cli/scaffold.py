"""`adr-lsp scaffold ID`: writes the test and its link, or refuses."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.features.formats.escape import safe
from adr_lsp.scaffold import Refusal, scaffold
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit, apply_edits, decode
from adr_lsp.workspace import Workspace


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    found = invariants_named(snapshot, options.id)
    if len(found) != 1:
        raise Stop(Exit.USAGE, f"{options.id}: name one invariant, such as {options.id}/INV-1")
    made = scaffold(snapshot, *found[0], options.method)
    if isinstance(made, Refusal):
        raise Stop(Exit.USAGE, made.reason)
    written = {path: _after(snapshot, made.edits, path) for path in _paths(made.edits)}
    if options.diff:
        diff = "".join(_diff(snapshot, path, after) for path, after in written.items())
        emit(_shown(diff) if sys.stdout.isatty() else diff)
        return Exit.CLEAN
    for path, after in written.items():
        _write(workspace, path, after)
    emit(
        f"wrote {made.name} to {made.path}; fill it in, then delete its `adr-lsp: scaffold` line\n"
    )
    return Exit.CLEAN


def _paths(edits: tuple[Edit, ...]) -> list[str]:
    return list(dict.fromkeys(edit.path for edit in edits))


def _before(snapshot: Snapshot, path: str) -> bytes:
    return snapshot.tree.read(path) or b""


def _after(snapshot: Snapshot, edits: tuple[Edit, ...], path: str) -> bytes:
    """The file's new bytes; a byte order mark stays."""
    raw = _before(snapshot, path)
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    content, fault = decode(raw)
    if fault is not None:
        raise Stop(Exit.USAGE, f"{path}: byte {fault} is not UTF-8; nothing was written")
    mine = [edit for edit in edits if edit.path == path]
    return mark + apply_edits(content, mine).encode("utf-8")


def _diff(snapshot: Snapshot, path: str, after: bytes) -> str:
    old = decode(_before(snapshot, path))[0].splitlines(keepends=True)
    new = decode(after)[0].splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))


def _shown(diff: str) -> str:
    """A diff to look at; one that goes to a file or to `patch` keeps its characters."""
    return "".join(f"{safe(line.rstrip(chr(13)))}\n" for line in diff.split("\n")[:-1])


def _write(workspace: Workspace, path: str, content: bytes) -> None:
    """Write inside the root only; links that lead out of it are refused."""
    file = workspace.root / path
    if not file.resolve().is_relative_to(workspace.root):
        raise Stop(Exit.USAGE, f"{path} leads out of the root; nothing was written")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as fault:
        raise Stop(Exit.USAGE, f"{path}: {fault.strerror}") from fault
