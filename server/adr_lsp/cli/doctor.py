"""`adr-lsp doctor`: which root, configuration, logs, evidence and tools, and what was not read."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from adr_lsp import __version__
from adr_lsp.cli.doctor_tools import tools
from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import at_home, format_argument, write
from adr_lsp.config.model import FILES
from adr_lsp.features.doctor import MOST, Line, doctor
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.snapshot.reason import plural
from adr_lsp.workspace import Workspace, find_root
from adr_lsp.workspace.root import EVIDENCE_VARIABLE, has_configuration
from adr_lsp.workspace.walk import Walk, walk

MARKS = {"ok": "✓", "note": "○", "bad": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    format_argument(parser, ("text", "json"))


def command(options: argparse.Namespace) -> Exit:
    root = find_root(Path.cwd())
    workspace = Workspace(root)
    workspace.refresh()
    found = walk(root)
    snapshot = workspace.snapshot()
    lines = [*_around(root), *doctor(snapshot), *tools(root, snapshot), *_unread(found)]
    lines += _inner_roots(root, found)
    write(options.output_format, {"text": lambda: _text(lines), "json": lambda: _json(lines)})
    return Exit.FINDINGS if any(line.mark == "bad" for line in lines) else Exit.CLEAN


def _around(root: Path) -> list[Line]:
    python = ".".join(map(str, sys.version_info[:3]))
    return [
        Line("ok", "adr-lsp", f"{__version__}, Python {python}, {at_home(sys.executable)}"),
        Line("ok", "root", f"{at_home(str(root))}: {_why(root)}"),
    ]


def _why(root: Path) -> str:
    if os.environ.get(EVIDENCE_VARIABLE):
        return f"{EVIDENCE_VARIABLE} names it"
    if has_configuration(root):
        named = next(name for name in FILES if (root / name).is_file())
        return f"the nearest folder with a configuration ({named})"
    if (root / ".adr-lsp").is_dir():
        return "the nearest folder with .adr-lsp"
    return "the repository" if (root / ".git").exists() else "the current folder"


def _unread(found: Walk) -> list[Line]:
    folders = sorted(found.unreadable)
    if not folders:
        return []
    said = f"{plural(len(folders), 'folder')} cannot be opened"
    return [Line("bad", "not read", said, tuple(folders[:MOST]))]


def _inner_roots(root: Path, found: Walk) -> list[Line]:
    """Folders that the root leaves to themselves, as they have a configuration of their own."""
    folders = {root, *(parent for path in found.files for parent in (root / path).parents)}
    inside = (folder for folder in folders if folder.is_relative_to(root))
    below = {inner for folder in inside for inner in _folders(folder)} - folders
    roots = sorted(
        inner.relative_to(root).as_posix() for inner in below if has_configuration(inner)
    )
    if not roots:
        return []
    return [Line("note", "other roots", "read from there alone", tuple(roots[:MOST]))]


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    return []


def _text(lines: list[Line]) -> str:
    shown = []
    for line in lines:
        shown.append(f"{MARKS[line.mark]} {safe(line.about)}: {safe(line.said)}\n")
        shown += [f"    {safe(detail)}\n" for detail in line.details]
    return "".join(shown)


def _json(lines: list[Line]) -> str:
    return pretty([asdict(line) for line in lines])
