"""Where a root is: the folder that configuration, evidence and all paths belong to."""

from __future__ import annotations

import os
from pathlib import Path

from adr_lsp.config import is_configuration
from adr_lsp.config.model import FILES

EVIDENCE_VARIABLE = "ADR_LSP_EVIDENCE"


def find_root(start: Path) -> Path:
    """The root for work that starts in `start` (a folder, or a file in one).

    `ADR_LSP_EVIDENCE` names it; else it is the nearest ancestor with our configuration or an
    `.adr-lsp` folder, else with `.git`, else `start` itself. What somebody else put above `start`
    does not count: its configuration could name commands.
    """
    named = os.environ.get(EVIDENCE_VARIABLE)
    if named:
        return Path(named).resolve()
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    upwards = [folder, *folder.parents]
    marked = (place for place in upwards if is_root(place) and _is_ours(place, folder))
    found = next(marked, None) or next(filter(has_git, upwards), None)
    return found or folder


def is_root(folder: Path) -> bool:
    """Whether a folder has our configuration, or evidence."""
    return has_configuration(folder) or (folder / ".adr-lsp").is_dir()


def _is_ours(root: Path, start: Path) -> bool:
    """Whether what makes it a root belongs to the user, the system, or the owner of `start`."""
    marks = (root / name for name in (*FILES, ".adr-lsp"))
    try:
        owners = {mark.lstat().st_uid for mark in marks if os.path.lexists(mark)}
        return owners <= {0, start.stat().st_uid, getattr(os, "geteuid", int)()}
    except OSError:
        return False


def has_configuration(folder: Path) -> bool:
    return any(_configures(folder / name) for name in FILES)


def _configures(file: Path) -> bool:
    try:
        return file.is_file() and is_configuration(file.name, file.read_bytes())
    except OSError:
        return False


def has_git(folder: Path) -> bool:
    return (folder / ".git").exists()
