"""pytest, with our recorder in it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.interpreter import pytest_command
from adr_lsp.run.tool import Asked, Command, Missing, Selected, Tool, ToolRun, nearest
from adr_lsp.sources.model import Source

RECORDERS = Path(__file__).parent.parent.parent / "recorders"
PROJECT_FILES = ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "setup.py")
LONGEST_COMMAND = 60_000
ABSENT = "No module named pytest"
ALL = "--maxfail=0"  # a failure keeps no other test from its result, whatever `addopts` say


def project_of(root: Path, _config: Config, path: str, _source: Source | None) -> Path | None:
    """The nearest folder above a test that configures pytest or a project, else the root."""
    if not path.endswith(".py"):
        return None
    return nearest(root, path, _configures) or root


def _configures(folder: Path) -> bool:
    return any((folder / name).is_file() for name in PROJECT_FILES)


def plan(asked: Asked) -> ToolRun | Missing:
    command = pytest_command(asked.project, asked.root, asked.config.command("pytest"))
    if command is None:
        reason = "no Python found: configure run.pytest, or make a .venv"
        return Missing("pytest", reason, asked.tests)
    return ToolRun(
        tool="pytest",
        project=asked.project,
        command=command,
        arguments=(ALL, *_node_ids(asked.root, asked.project, asked.tests)),
        tests=asked.tests,
        environment=_debugged() if asked.debugged else _recorded(),
        absent=(ABSENT, _absent(command)),
    )


def _absent(command: Command) -> str:
    """What to do where an interpreter has no pytest."""
    interpreter = command.arguments[0]
    if interpreter == "uv":
        return "not installed where `uv run` looks for it: `uv add --dev pytest` adds it"
    here = f"not installed for {interpreter} ({command.origin})"
    return f"{here}: install it there, or set run.pytest to a command that has it"


def _node_ids(root: Path, project: Path, tests: Iterable[Selected]) -> tuple[str, ...]:
    """Node ids below the project; whole files where the ids would not fit a command line."""
    located = [((root / test.path).relative_to(project).as_posix(), test.name) for test in tests]
    ids = tuple(f"{path}::{name}" if name else path for path, name in located)
    if sum(map(len, ids)) < LONGEST_COMMAND:
        return ids
    return tuple(sorted({path for path, _ in located}))


def _recorded() -> tuple[tuple[str, str], ...]:
    return _environment("pytest", "adr_lsp_pytest")


def _debugged() -> tuple[tuple[str, str], ...]:
    """Without the recorder, also where it is installed: who steps through a test can change it."""
    return _environment("debugging", "adr_lsp_debugged", "no:adr_lsp_pytest")


def _environment(folder: str, *plugins: str) -> tuple[tuple[str, str], ...]:
    """The caller's, kept, with our plugins added to it."""
    paths = [str(RECORDERS / folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = " ".join(f"-p {plugin}" for plugin in plugins)
    options = f"{ours} {os.environ.get('PYTEST_ADDOPTS', '')}".strip()
    return ("PYTHONPATH", os.pathsep.join(paths)), ("PYTEST_ADDOPTS", options)


PYTEST = Tool("pytest", project_of, plan, debugger="python")
