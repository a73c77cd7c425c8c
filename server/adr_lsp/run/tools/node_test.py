"""node:test, with our reporter beside its own and our hook in the process of each file."""

from __future__ import annotations

import shutil
from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Command, Missing, Tool, ToolRun
from adr_lsp.run.tools.packages import RECORDERS, imports, is_code, package_of
from adr_lsp.sources.model import Source

REPORTER = RECORDERS / "node-test.mjs"
HOOK = RECORDERS / "node-test-hook.mjs"


def project_of(root: Path, _config: Config, path: str, source: Source | None) -> Path | None:
    """The package of a file that imports node:test."""
    if source is None or not is_code(path) or not imports(source.text, "node:test"):
        return None
    return package_of(root, path)


def plan(asked: Asked) -> ToolRun | Missing:
    """Whole files: of a narrower selection, node's own suites fail for what they leave out."""
    configured = asked.config.command("node")
    node = shutil.which("node")
    if not configured and node is None:
        reason = "node is not on the PATH: install it, or set run.node"
        return Missing("node:test", reason, asked.tests)
    command = Command(configured, "configured") if configured else Command((str(node),), "on PATH")
    return ToolRun(
        tool="node:test",
        project=asked.project,
        command=command,
        arguments=_arguments(asked),
        tests=asked.tests,
    )


def _arguments(asked: Asked) -> tuple[str, ...]:
    files = sorted({str(asked.root / test.path) for test in asked.tests})
    if asked.debugged:
        return ("--test", "--test-reporter=spec", *files)
    return (
        f"--import={HOOK.as_uri()}",
        "--test",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        f"--test-reporter={REPORTER.as_uri()}",
        "--test-reporter-destination=stderr",
        *files,
    )


NODE_TEST = Tool("node:test", project_of, plan, debugger="node")
