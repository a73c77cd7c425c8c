"""Whether what fast-check prints of a value is source text that makes the value again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.syntax import field, named, said
from adr_lsp.sources.code import parse

if TYPE_CHECKING:
    from tree_sitter import Node

_PLAIN = frozenset({"number", "string", "true", "false", "null", "undefined", "regex"})
_NAMES = frozenset({"undefined", "NaN", "Infinity"})
_NUMBERS = frozenset({"Number.NaN", "Number.POSITIVE_INFINITY", "Number.NEGATIVE_INFINITY"})
_MADE = frozenset({"Date", "Map", "Set", "Number", "String", "Boolean", "Array"})
_FROM = frozenset({"Buffer"} | {f"{kind}Array" for kind in (
    "Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64",
    "BigInt64", "BigUint64",
)})  # fmt: skip
_DEEPEST = 60


def is_literal(text: str) -> bool:
    """Literals and calls of what every program has; nothing that is bound somewhere."""
    root = parse(f"[{text}]".encode("utf-8", "replace"), "typescript")
    statement = next(named(root), None)
    whole = next(named(statement), None)
    alone = root.named_child_count == 1 and whole is not None and whole.type == "array"
    if root.has_error or not alone or whole is None or whole.named_child_count != 1:
        return False
    return _makes(whole.named_children[0], _DEEPEST)


def _makes(node: Node, deepest: int) -> bool:
    if deepest == 0:
        return False
    if node.type in _PLAIN:
        return True
    if node.type == "identifier":
        return said(node) in _NAMES
    if node.type == "member_expression":
        return said(node) in _NUMBERS
    parts = _parts(node)
    return parts is not None and all(_makes(part, deepest - 1) for part in parts)


def _parts(node: Node) -> list[Node] | None:
    """The values that a value is made of; None for what is no value."""
    inside = list(named(node))
    if node.type == "array":
        return inside
    if node.type == "object":
        pairs = all(part.type == "pair" for part in inside)
        return [value for part in inside if (value := field(part, "value"))] if pairs else None
    if node.type == "unary_expression" and said(field(node, "operator")) == "-":
        return inside
    if node.type == "new_expression":
        known = said(field(node, "constructor")) in _MADE
        return list(named(field(node, "arguments"))) if known else None
    if node.type == "call_expression":
        owner, _, name = said(field(node, "function")).partition(".")
        known = owner in _FROM and name == "from"
        return list(named(field(node, "arguments"))) if known else None
    return None
