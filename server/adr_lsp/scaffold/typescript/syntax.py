"""Syntax of TypeScript and JavaScript. One grammar reads both, so that both have the same trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

TYPED = (".ts", ".tsx", ".mts", ".cts")
UNTYPED = (".js", ".jsx", ".mjs", ".cjs")
SUFFIXES = TYPED + UNTYPED
FUNCTIONS = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_expression",
        "generator_function",
        "arrow_function",
        "method_definition",
        "function_signature",
        "method_signature",
        "abstract_method_signature",
    }
)
CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})


def tree(path: str, content: str) -> Node:
    """The tree of a file. Only `.ts` may hold `<T>value`, which elsewhere is an element."""
    plain = path.endswith((".ts", ".mts", ".cts"))
    return parse(content.encode("utf-8", "replace"), "typescript" if plain else "tsx")


def field(node: Node | None, name: str) -> Node | None:
    return node.child_by_field_name(name) if node is not None else None


def said(node: Node | None) -> str:
    return text_of(node) if node is not None else ""


def string(node: Node | None) -> str:
    """What stands between a string's quotes."""
    return said(node)[1:-1] if node is not None and node.type == "string" else ""


def named(node: Node | None) -> Iterator[Node]:
    """The named children, comments left out."""
    for child in node.named_children if node is not None else ():
        if child.type != "comment":
            yield child


def has(node: Node, *words: str) -> bool:
    """Whether one of the node's own tokens is one of the words."""
    return any(child.type in words or said(child) in words for child in node.children[:6])


def unwrapped(node: Node | None) -> Node | None:
    """The value without brackets, `as const`, `satisfies` and `!`."""
    while node is not None and node.type in (
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
    ):
        node = next(named(node), None)
    return node
