"""Starts test tools with their recorders: the only place that runs the user's code, on request."""

from adr_lsp.run.execution import Done, execute
from adr_lsp.run.planning import plan
from adr_lsp.run.tool import Missing, Selected, Tool, ToolRun

__all__ = ["Done", "Missing", "Selected", "Tool", "ToolRun", "execute", "plan"]
