"""The tools that adr-lsp can start, in the order in which they are asked for a test."""

from __future__ import annotations

from adr_lsp.run.tool import Tool
from adr_lsp.run.tools.cargo import CARGO
from adr_lsp.run.tools.pytest import PYTEST

__all__ = ["TOOLS"]

TOOLS: tuple[Tool, ...] = (PYTEST, CARGO)
