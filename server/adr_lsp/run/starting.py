"""Starts one tool, with its recorder in it or beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from adr_lsp.run.process import run_process
from adr_lsp.run.tool import Ended, ToolRun, Watch


def start(
    root: Path,
    run: ToolRun,
    *,
    seconds: float,
    coverage: bool,
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Ended:
    """How the tool ended. Raises CannotStart."""
    watch = run.watch(run) if run.watch else None
    ended = Ended(None, cancelled=True)
    try:
        ended = run_process(
            run.words,
            cwd=run.project,
            environment=_environment(root, run, coverage),
            seconds=seconds,
            on_line=_both(watch, on_line) if watch else on_line,
            cancelled=cancelled,
            on_start=watch.begin if watch else lambda _: None,
        )
    finally:  # an interrupt, too, leaves nothing behind
        if watch:
            watch.end(ended)
    return ended


def added_environment(root: Path, run: ToolRun, coverage: bool) -> dict[str, str]:
    """What a tool starts with beside the caller's environment."""
    added = dict(run.environment)
    added["ADR_LSP_EVIDENCE"] = str(root)
    added["ADR_LSP_COVERAGE"] = "1" if coverage else "0"
    return added


def _both(watch: Watch, on_line: Callable[[str], None]) -> Callable[[str], None]:
    def each(line: str) -> None:
        if watch.line(line):
            on_line(line)

    return each


def _environment(root: Path, run: ToolRun, coverage: bool) -> dict[str, str]:
    """The caller's environment, kept, with what the tool's recorder needs added to it."""
    return {**os.environ, **added_environment(root, run, coverage)}
