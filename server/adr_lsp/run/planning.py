"""Which tool runs which of the selected tests, each tool once per project."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from adr_lsp.config import Config
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
    debugged: bool = False,
    only: str | None = None,
) -> tuple[ToolRun | Missing, ...]:
    """How the tests are run; `only` this tool's, where one is named."""
    tools = tools_for(snapshot.config)
    groups: dict[tuple[str, Path], list[Selected]] = {}
    homeless: dict[Selected, None] = {}
    for test in sorted(set(map(_selected, tests))):
        found = _tool_of(root, snapshot, test, tools)
        if found:
            groups.setdefault((found[0].name, found[1]), []).append(test)
        else:
            homeless[test] = None
    planned = [
        tool.plan(Asked(root, snapshot.config, project, tuple(group), coverage, debugged))
        for tool in tools
        for (name, project), group in groups.items()
        if name == tool.name and only in (None, name)
    ]
    if homeless and only is None:
        planned.append(Missing("", NO_TOOL, tuple(homeless)))
    return tuple(planned)


def tools_for(config: Config) -> tuple[Tool, ...]:
    """The team's own ways of verifying, which are asked first, and the tools."""
    if not config.methods:
        return TOOLS
    from adr_lsp.run.own_method import own_tool

    return (*(own_tool(method) for method in config.methods), *TOOLS)


def method_of(config: Config, linked: LinkedTest) -> str:
    """The method that a test counts as: the team's own where its file is one of those."""
    if not config.methods:
        return linked.method
    from adr_lsp.run.own_method import runs

    own = (method[0] for method in config.methods if runs(method, linked.path))
    return next(own, linked.method)


def _selected(linked: LinkedTest) -> Selected:
    return Selected(linked.path, linked.name, linked.test.aliases if linked.test else ())


def _tool_of(
    root: Path, snapshot: Snapshot, test: Selected, tools: tuple[Tool, ...]
) -> tuple[Tool, Path] | None:
    source = source_of(snapshot, test.path)
    for tool in tools:
        project = tool.project_of(root, snapshot.config, test.path, source)
        if project is not None:
            return tool, project
    return None
