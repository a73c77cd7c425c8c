"""What `adr-lsp run` would start for the tests of this root, and whether it is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from adr_lsp.cli.output import at_home
from adr_lsp.features.doctor import Line
from adr_lsp.run import Missing, ToolRun, plan
from adr_lsp.run.installed import PACKAGES, installed
from adr_lsp.run.interpreter import python_of
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.tests import tests_of

GENERATED = ("property", "state-machine")


def tools(root: Path, snapshot: Snapshot) -> Iterator[Line]:
    """One line for each tool and each of its projects."""
    linked = [
        test
        for record in snapshot.log
        if not record.status.retired
        for invariant in record.invariants
        for test in tests_of(snapshot, record, invariant)
    ]
    for run in plan(root, snapshot, linked):
        tests = plural(len(run.tests), "test")
        if isinstance(run, Missing):
            yield Line("bad", run.tool or "no tool", f"{tests}; {run.reason}")
        else:
            inside = run.project.relative_to(root).as_posix()
            tests += "" if inside == "." else f" in {inside}"
            yield _there(root, run, tests, linked)


def _there(root: Path, run: ToolRun, tests: str, linked: list[LinkedTest]) -> Line:
    program = run.command.arguments[0]
    said = f"{tests}; {_shown(program, root)} ({run.command.origin})"
    if shutil.which(program) is None and not (run.project / program).is_file():
        return Line("bad", run.tool, f"{said} is not there")
    python = python_of(run.command, run.project, root) if run.tool == "pytest" else None
    if python is None:
        return Line("ok", run.tool, said)
    return _with_packages(root, run, python, said, linked)


def _shown(program: str, root: Path) -> str:
    below = Path(program).is_absolute() and Path(program).is_relative_to(root)
    return Path(program).relative_to(root).as_posix() if below else at_home(program)


def _with_packages(
    root: Path, run: ToolRun, python: Path, said: str, linked: list[LinkedTest]
) -> Line:
    found = installed(python, root, run.project)
    if found is None:
        return Line("note", run.tool, f"{said}, of which nothing more is known")
    chosen = {test.id for test in run.tests}
    generated = any(test.method in GENERATED for test in linked if test.id in chosen)
    needed = PACKAGES if generated else PACKAGES[:1]
    lacking = [name for name in needed if name not in found.packages]
    has = [f"Python {found.python}".rstrip()]
    has += [f"{name} {version}" for name, version in found.packages.items()]
    if lacking:
        install = f"install {'it' if len(lacking) == 1 else 'them'} there"
        has.append(f"without {' and '.join(lacking)}: {install}")
    return Line("bad" if lacking else "ok", run.tool, f"{said}: {', '.join(has)}")
