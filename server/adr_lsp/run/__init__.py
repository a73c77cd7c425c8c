"""Starts test tools with their recorders: the only place that runs the user's code, on request."""

from adr_lsp.run.pytest_run import Selection, ToolRun, plan, start

__all__ = ["Selection", "ToolRun", "plan", "start"]
