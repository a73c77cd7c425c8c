"""Which tool runs which of the selected tests, each tool once per project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from adr_lsp.run.tool import Asked, Missing, Selected, Tool, ToolRun
from adr_lsp.run.tools import TOOLS
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.snapshot.tests import source_of

NO_TOOL = "no tool that adr-lsp starts runs this file"


def plan(
    root: Path,
    snapshot: Snapshot,
    tests: Iterable[LinkedTest],
    *,
    coverage: bool = True,
    only: str | None = None,
) -> tuple[ToolRun | Missing, ...]:
    """How the tests are run; `only` this tool's, where one is named."""
    groups: dict[tuple[str, Path], list[Selected]] = {}
    homeless: dict[Selected, None] = {}
    for test in sorted({Selected(linked.path, linked.name) for linked in tests}):
        found = _tool_of(root, snapshot, test)
        if found:
            tool, project = found
            groups.setdefault((tool.name, project), []).append(test)
        else:
            homeless[test] = None
    planned = []
    for tool in TOOLS:
        for (name, project), group in groups.items():
            if name == tool.name and only in (None, name):
                asked = Asked(root, snapshot.config, project, tuple(group), coverage)
                planned.append(tool.plan(asked))
    if homeless and only is None:
        planned.append(Missing("", NO_TOOL, tuple(homeless)))
    return tuple(planned)


def _tool_of(root: Path, snapshot: Snapshot, test: Selected) -> tuple[Tool, Path] | None:
    source = source_of(snapshot, test.path)
    for tool in TOOLS:
        project = tool.project_of(root, snapshot.config, test.path, source)
        if project is not None:
            return tool, project
    return None
