"""The tools that adr-lsp can start, in the order in which they are asked for a test."""

from __future__ import annotations

from adr_lsp.run.tool import Tool
from adr_lsp.run.tools.pytest import PYTEST

__all__ = ["TOOLS", "tool_named"]

TOOLS: tuple[Tool, ...] = (PYTEST,)


def tool_named(name: str) -> Tool | None:
    return next((tool for tool in TOOLS if tool.name == name), None)
