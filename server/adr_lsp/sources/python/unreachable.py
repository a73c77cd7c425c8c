"""Which parts of a Python function can never run: those that its own text rules out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_LEAVING = frozenset(
    {"return_statement", "raise_statement", "continue_statement", "break_statement"}
)
_NEVER = frozenset({"False", "0", "None"})
_COLLECTIONS = frozenset({"list", "tuple", "dictionary"})


def reachable(node: Node) -> list[Node]:
    """The children of a node without those that never run."""
    if node.type == "block":
        return _up_to_leaving(node.children)
    dead = _dead(node)
    return [child for child in node.children if child != dead] if dead else node.children


def _up_to_leaving(statements: list[Node]) -> list[Node]:
    for index, statement in enumerate(statements):
        if statement.type in _LEAVING:
            return statements[: index + 1]
    return statements


def _dead(node: Node) -> Node | None:
    """The block below `if False`, `while 0` or `for x in []`."""
    if node.type in ("if_statement", "elif_clause", "while_statement"):
        condition = node.child_by_field_name("condition")
        if condition is not None and text_of(condition) in _NEVER:
            return node.child_by_field_name("consequence") or node.child_by_field_name("body")
    elif node.type == "for_statement":
        over = node.child_by_field_name("right")
        if over is not None and over.type in _COLLECTIONS and not over.named_children:
            return node.child_by_field_name("body")
    return None
