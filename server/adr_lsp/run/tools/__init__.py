"""The tools that adr-lsp can start, in the order in which they are asked for a test."""

from __future__ import annotations

from adr_lsp.run.tool import Tool
from adr_lsp.run.tools.cargo import CARGO
from adr_lsp.run.tools.jest import JEST
from adr_lsp.run.tools.node_test import NODE_TEST
from adr_lsp.run.tools.pytest import PYTEST
from adr_lsp.run.tools.static import STATIC_TOOLS
from adr_lsp.run.tools.vitest import VITEST

__all__ = ["TOOLS"]

TOOLS: tuple[Tool, ...] = (PYTEST, CARGO, NODE_TEST, VITEST, JEST, *STATIC_TOOLS)
