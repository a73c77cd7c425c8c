"""What the nodes of Python's syntax tree mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

COMPOUND = frozenset(
    {
        "if_statement",
        "elif_clause",
        "else_clause",
        "for_statement",
        "while_statement",
        "with_statement",
        "try_statement",
        "except_clause",
        "finally_clause",
        "match_statement",
        "case_clause",
        "block",
    }
)


def dotted(node: Node | None) -> str | None:
    """`a.b.c` of a name or of attributes of a name; None for anything else."""
    parts: list[str] = []
    while node is not None and node.type == "attribute":
        attribute = node.child_by_field_name("attribute")
        parts.append(text_of(attribute) if attribute else "")
        node = node.child_by_field_name("object")
    if node is None or node.type != "identifier":
        return None
    return ".".join([text_of(node), *reversed(parts)])


def called(node: Node) -> Node:
    """The function of a call; anything else itself."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    return function or node


def docstring(definition: Node) -> Node | None:
    """The `string_content` of a docstring of a module, class or function."""
    body = definition if definition.type == "module" else definition.child_by_field_name("body")
    first = next((c for c in body.named_children if c.type != "comment"), None) if body else None
    if first is None or first.type != "expression_statement" or len(first.named_children) != 1:
        return None
    string = first.named_children[0]
    return string_content(string) if string.type == "string" else None


def string_content(string: Node) -> Node | None:
    """The content of a plain text; None for bytes, f-strings and the empty text."""
    start = string.children[0] if string.children else None
    if start is None or set(text_of(start).lower()) & set("bft"):
        return None
    return next((c for c in string.children if c.type == "string_content"), None)
