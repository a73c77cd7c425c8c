"""`adr-lsp doctor`: which root, configuration, logs and evidence, and what was not read."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from pathlib import Path

from adr_lsp import __version__
from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import format_argument, write
from adr_lsp.config.model import FILES
from adr_lsp.features.doctor import Line, doctor
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.workspace import Workspace, find_root
from adr_lsp.workspace.root import EVIDENCE_VARIABLE, has_configuration
from adr_lsp.workspace.walk import walk

MARKS = {"ok": "✓", "note": "○", "bad": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    format_argument(parser, ("text", "json"))


def command(options: argparse.Namespace) -> Exit:
    root = find_root(Path.cwd())
    workspace = Workspace(root)
    workspace.refresh()
    lines = [*_around(root), *doctor(workspace.snapshot()), *_unread(root)]
    write(options.output_format, {"text": lambda: _text(lines), "json": lambda: _json(lines)})
    return Exit.FINDINGS if any(line.mark == "bad" for line in lines) else Exit.CLEAN


def _around(root: Path) -> list[Line]:
    python = ".".join(map(str, sys.version_info[:3]))
    return [
        Line("ok", "adr-lsp", f"{__version__}, Python {python}, {_at_home(sys.executable)}"),
        Line("ok", "root", f"{_at_home(str(root))}: {_why(root)}"),
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


def _at_home(path: str) -> str:
    """Without the user's name, so that the answer can be shown to others."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if home != "/" and path.startswith(home + os.sep) else path


def _unread(root: Path) -> list[Line]:
    folders = sorted(walk(root).unreadable)
    if not folders:
        return []
    return [Line("bad", "not read", f"{len(folders)} folders cannot be opened", tuple(folders[:8]))]


def _text(lines: list[Line]) -> str:
    shown = []
    for line in lines:
        shown.append(f"{MARKS[line.mark]} {safe(line.about)}: {safe(line.said)}\n")
        shown += [f"    {safe(detail)}\n" for detail in line.details]
    return "".join(shown)


def _json(lines: list[Line]) -> str:
    return pretty([asdict(line) for line in lines])
