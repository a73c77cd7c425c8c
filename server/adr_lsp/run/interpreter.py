"""Which command starts pytest for a folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from adr_lsp.run.tool import Command


def pytest_command(project: Path, root: Path, configured: tuple[str, ...]) -> Command | None:
    """The configured command; `uv run --no-sync` beside a `uv.lock`; `.venv`; the one on PATH.

    The nearest folder from `project` up to `root` decides. None: no interpreter was found.
    """
    if configured:
        return Command(configured, "configured")
    for folder in _upwards(project, root):
        found = _uv(folder) or _environment(folder)
        if found:
            return found
    python = shutil.which("python") or shutil.which("python3")
    return Command((python, "-m", "pytest"), "python on PATH") if python else None


def _upwards(project: Path, root: Path) -> list[Path]:
    folders = [project, *project.parents]
    return folders[: folders.index(root) + 1] if root in folders else [project]


def _uv(folder: Path) -> Command | None:
    if not (folder / "uv.lock").is_file() or not shutil.which("uv"):
        return None
    arguments = ("uv", "run", "--no-sync", "python", "-m", "pytest")
    return Command(arguments, f"uv.lock in {folder.name or folder}")


def _environment(folder: Path) -> Command | None:
    place = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = folder.joinpath(".venv", *place)
    if not python.is_file():
        return None
    return Command((str(python), "-m", "pytest"), f".venv in {folder.name or folder}")
