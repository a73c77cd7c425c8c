"""What a debugger starts to run tests: what a run starts, without its recorder and its coverage.

Who steps through a test can skip its assertions and change what they compare, so what comes out is
no evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from adr_lsp.run.planning import plan, tools_for
from adr_lsp.run.starting import added_environment
from adr_lsp.run.tool import Missing, Selected, ToolRun
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.value import dataclass

NO_DEBUGGER = "no debugger is known for what it starts"


@dataclass(frozen=True, slots=True)
class Launch:
    """One program for a debugger. `environment` is added to the caller's.

    `debugger` is the kind of program: `python`, `node` (JavaScript) or `native`.
    """

    tool: str
    debugger: str
    program: str
    arguments: tuple[str, ...]
    cwd: Path
    environment: Mapping[str, str]
    tests: tuple[Selected, ...]


def launches(
    root: Path, snapshot: Snapshot, tests: Iterable[LinkedTest]
) -> tuple[Launch | Missing, ...]:
    """How the tests are debugged, tool by tool."""
    debuggers = {tool.name: tool.debugger for tool in tools_for(snapshot.config)}
    planned = plan(root, snapshot, tests, coverage=False, debugged=True)
    return tuple(
        each if isinstance(each, Missing) else _launch(root, each, debuggers[each.tool])
        for each in planned
    )


def _launch(root: Path, run: ToolRun, debugger: str) -> Launch | Missing:
    if not debugger:
        return Missing(run.tool, NO_DEBUGGER, run.tests)
    return Launch(
        tool=run.tool,
        debugger=debugger,
        program=run.words[0],
        arguments=run.words[1:],
        cwd=run.project,
        environment=added_environment(root, run, coverage=False),
        tests=run.tests,
    )
