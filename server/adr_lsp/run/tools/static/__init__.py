"""Tools that read code without running it: import-linter, dependency-cruiser, ast-grep."""

from __future__ import annotations

from adr_lsp.run.tools.static.ast_grep import AST_GREP
from adr_lsp.run.tools.static.dependency_cruiser import DEPENDENCY_CRUISER
from adr_lsp.run.tools.static.import_linter import IMPORT_LINTER

__all__ = ["AST_GREP", "DEPENDENCY_CRUISER", "IMPORT_LINTER", "STATIC_TOOLS"]

STATIC_TOOLS = (IMPORT_LINTER, DEPENDENCY_CRUISER, AST_GREP)
