"""Which command starts pytest for a folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from adr_lsp.run.tool import Command

CONFIGURED = "configured"


def pytest_command(project: Path, root: Path, configured: tuple[str, ...]) -> Command | None:
    """The configured command; `uv run --no-sync` beside a `uv.lock`; `.venv`; the one on PATH.

    The nearest folder from `project` up to `root` decides. None: no interpreter was found.
    """
    if configured:
        return Command(configured, CONFIGURED)
    for folder in _upwards(project, root):
        found = _uv(folder) or _environment(folder)
        if found:
            return found
    python = shutil.which("python") or shutil.which("python3")
    return Command((python, "-m", "pytest"), "python on PATH") if python else None


def python_of(command: Command, project: Path, root: Path) -> Path | None:
    """The interpreter behind a command; None where only that command knows it."""
    if command.arguments[0] == "uv":
        locked = (folder for folder in _upwards(project, root) if (folder / "uv.lock").is_file())
        return next(map(_python_in, locked), None)
    return Path(command.arguments[0]) if command.origin != CONFIGURED else None


def _upwards(project: Path, root: Path) -> list[Path]:
    folders = [project, *project.parents]
    return folders[: folders.index(root) + 1] if root in folders else [project]


def _uv(folder: Path) -> Command | None:
    if not (folder / "uv.lock").is_file() or not shutil.which("uv"):
        return None
    arguments = ("uv", "run", "--no-sync", "python", "-m", "pytest")
    return Command(arguments, f"uv.lock in {folder.name or folder}")


def _environment(folder: Path) -> Command | None:
    python = _python_in(folder)
    if python is None:
        return None
    return Command((str(python), "-m", "pytest"), f".venv in {folder.name or folder}")


def _python_in(folder: Path) -> Path | None:
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = folder.joinpath(".venv", *place)
    return python if python.is_file() else None
