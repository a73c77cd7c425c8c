"""jest, which we do not start: its runs are read from its JUnit report."""

from __future__ import annotations

from pathlib import Path

from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Missing, Tool, nearest
from adr_lsp.run.tools.packages import depends_on, imports, is_code
from adr_lsp.sources.model import Source

REASON = "not started by adr-lsp: name its JUnit report in `reports`"


def project_of(root: Path, _config: Config, path: str, source: Source | None) -> Path | None:
    """The nearest package that depends on jest."""
    if not is_code(path) or (source and imports(source.text, "node:test")):
        return None
    return nearest(root, path, lambda folder: depends_on(folder, "jest"))


def plan(asked: Asked) -> Missing:
    return Missing("jest", REASON, asked.tests)


JEST = Tool("jest", project_of, plan)
