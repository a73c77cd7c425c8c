"""Runs the tests of chosen invariants under pytest, with our recorder in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.interpreter import Command, pytest_command
from adr_lsp.run.process import run_process
from adr_lsp.value import dataclass

RECORDER = Path(__file__).parent.parent / "recorders" / "pytest"
PROJECT_FILES = ("pyproject.toml", "pytest.ini", "setup.cfg", "tox.ini", "setup.py")
LONGEST_COMMAND = 60_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Tests by path, relative to the root, and name (`TestLedger::test_sum`)."""

    tests: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToolRun:
    """One start of one tool: where, with what, for which tests."""

    project: Path
    command: Command
    arguments: tuple[str, ...]


def plan(root: Path, config: Config, selection: Selection) -> list[ToolRun] | None:
    """One run per project folder of the selected tests; None where no interpreter was found."""
    groups: dict[Path, list[tuple[str, str]]] = {}
    for path, name in sorted(set(selection.tests)):
        groups.setdefault(_project(root, path), []).append((path, name))
    runs = []
    for project, tests in groups.items():
        command = pytest_command(project, root, config.command("pytest"))
        if command is None:
            return None
        runs.append(ToolRun(project, command, _node_ids(root, project, tests)))
    return runs


def start(
    root: Path,
    run: ToolRun,
    *,
    coverage: bool,
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
    extra: Sequence[str] = (),
) -> int | None:
    """pytest's exit code; None if it was cancelled. Raises CannotStart."""
    return run_process(
        [*run.command.arguments, *extra, *run.arguments],
        cwd=run.project,
        environment=_environment(root, coverage),
        on_line=on_line,
        cancelled=cancelled,
    )


def _project(root: Path, path: str) -> Path:
    """The nearest folder above a test that configures pytest or a project, else the root."""
    folder = (root / path).parent
    while folder != root and root in folder.parents:
        if any((folder / name).is_file() for name in PROJECT_FILES):
            return folder
        folder = folder.parent
    return root


def _node_ids(root: Path, project: Path, tests: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Node ids below the project; whole files where the ids would not fit a command line."""
    located = [((root / path).relative_to(project).as_posix(), name) for path, name in tests]
    ids = tuple(f"{path}::{name}" for path, name in located)
    if sum(map(len, ids)) < LONGEST_COMMAND:
        return ids
    return tuple(sorted({path for path, _ in located}))


def _environment(root: Path, coverage: bool) -> dict[str, str]:
    """The caller's environment, kept, with the recorder added to it."""
    kept = dict(os.environ)
    paths = [str(RECORDER), *filter(None, [kept.get("PYTHONPATH")])]
    kept["PYTHONPATH"] = os.pathsep.join(paths)
    kept["PYTEST_ADDOPTS"] = f"-p adr_lsp_pytest {kept.get('PYTEST_ADDOPTS', '')}".strip()
    kept["ADR_LSP_EVIDENCE"] = str(root)
    kept["ADR_LSP_COVERAGE"] = "1" if coverage else "0"
    return kept
