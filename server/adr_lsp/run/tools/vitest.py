"""vitest, with our reporter beside its own; the user's configuration stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Command, Missing, Tool, ToolRun, nearest
from adr_lsp.run.tools.packages import (
    RECORDERS,
    depends_on,
    imports,
    installed,
    is_code,
    package_of,
    program,
    version,
)
from adr_lsp.run.tools.titles import pattern
from adr_lsp.sources.model import Source

REPORTER = RECORDERS / "vitest.mjs"
OLDEST = (3, 2)  # earlier ones load no reporter from outside of the project
ONE_AFTER_ANOTHER = ("--no-file-parallelism", "--testTimeout=0", "--hookTimeout=0")
NOT_INSTALLED = "not installed for this package: install it, or set run.vitest"

_CONFIGURATIONS = ("vitest.config", "vitest.workspace", "vitest.projects")
_ENDINGS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json")


def project_of(root: Path, config: Config, path: str, source: Source | None) -> Path | None:
    """The nearest folder that configures vitest or depends on it.

    A file that imports vitest, or any where `run.vitest` is set, belongs to its package; one that
    imports node:test is none of vitest's.
    """
    text = source.text if source else ""
    if not is_code(path) or imports(text, "node:test"):
        return None
    found = nearest(root, path, _configures)
    if found is None and (config.command("vitest") or imports(text, "vitest")):
        return package_of(root, path)
    return found


def _configures(folder: Path) -> bool:
    if depends_on(folder, "vitest"):
        return True
    return any((folder / (name + end)).is_file() for name in _CONFIGURATIONS for end in _ENDINGS)


def plan(asked: Asked) -> ToolRun | Missing:
    command = _command(asked)
    if isinstance(command, str):
        return Missing("vitest", command, asked.tests)
    return ToolRun(
        tool="vitest",
        project=asked.project,
        command=command,
        arguments=_arguments(asked),
        tests=asked.tests,
    )


def _command(asked: Asked) -> Command | str:
    """How vitest starts, or why it cannot."""
    configured = asked.config.command("vitest")
    if configured:
        return Command(configured, "configured")
    package = installed(asked.project, "vitest")
    found = program(asked.project, "vitest")
    if package is None or found is None:
        return NOT_INSTALLED
    told, numbers = version(package)
    if numbers < OLDEST:
        return f"{told or 'this version'} is too old: {'.'.join(map(str, OLDEST))} is needed"
    origin = f"vitest {told} in {package.parent.parent.name}"
    if found.suffix not in (".mjs", ".js", ".cjs"):  # a script that a package manager wrote
        return Command((str(found),), origin)
    node = shutil.which("node")
    return Command((node, str(found)), origin) if node else "node is not on the PATH"


def _arguments(asked: Asked) -> tuple[str, ...]:
    files = sorted({str(asked.root / test.path) for test in asked.tests})
    selected = pattern(asked.root, asked.tests)
    return (
        "run",
        *(() if asked.debugged else (f"--reporter={REPORTER}",)),
        "--reporter=default",
        "--ui=false",
        "--no-color",
        "--bail=0",  # a failure keeps no other test from its result
        *(ONE_AFTER_ANOTHER if asked.debugged else ()),
        *(("--coverage.enabled=false",) if asked.coverage else ()),  # the reporter measures
        *((f"--testNamePattern={selected}",) if selected else ()),
        *files,
    )


VITEST = Tool("vitest", project_of, plan, debugger="node")
