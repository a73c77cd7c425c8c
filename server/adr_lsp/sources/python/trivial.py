"""Which conditions of assertions hold whatever the code does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.python.normal import normal

if TYPE_CHECKING:
    from tree_sitter import Node

_REFLEXIVE = ("==", "is", "<=", ">=")
_EFFECTS = frozenset({"call", "await", "yield", "named_expression"})
_LITERALS = frozenset({"true", "false", "none", "integer", "float", "string", "ellipsis"})
_TRUTHY = ("lambda", "generator_expression", "true", "ellipsis")
_DISPLAYS = ("tuple", "list", "set", "dictionary", "expression_list")
_DEEPEST = 50

# What unittest's methods say of one argument, and of two.
_OF_ONE = {
    "asserttrue": True,
    "assertfalse": False,
    "assertisnotnone": True,
    "assertisnone": False,
}
_OF_TWO = ("assertequal", "assertequals", "assertis", "assertlessequal", "assertgreaterequal")


def always_holds(condition: Node, depth: int = 0) -> bool:
    """Whether an asserted expression is true whatever happens: a constant, `x == x`."""
    if depth > _DEEPEST:
        return False
    kind, parts = condition.type, _parts(condition)
    if kind in ("parenthesized_expression", "not_operator", "named_expression"):
        if kind == "not_operator":
            return never_holds(parts[0])
        return bool(parts) and always_holds(parts[-1], depth + 1)
    if kind == "boolean_operator" and len(parts) == 2:
        sides = [always_holds(part, depth + 1) for part in parts]
        return all(sides) if _operator(condition) == "and" else any(sides)
    if kind == "comparison_operator":
        return _compares_nothing(condition, parts)
    return kind in _TRUTHY or _is_filled(condition, parts)


def never_holds(node: Node) -> bool:
    """Whether an expression is a false or empty constant."""
    while node.type == "parenthesized_expression" and _parts(node):
        node = _parts(node)[0]
    if node.type in ("false", "none"):
        return True
    if node.type in ("integer", "float"):
        return not text_of(node).strip("0._xXbBoO")
    if node.type == "string":
        return not any(c.type in ("string_content", "interpolation") for c in node.children)
    return node.type in _DISPLAYS and not _parts(node)


def call_always_holds(name: str, arguments: list[Node]) -> bool:
    """The same of a call to one of unittest's methods; `name` is its last part."""
    name = name.lower()
    if name in _OF_ONE and arguments:
        wanted = _OF_ONE[name]
        return always_holds(arguments[0]) if wanted else never_holds(arguments[0])
    return name in _OF_TWO and len(arguments) > 1 and _are_same(arguments[:2])


def _is_filled(node: Node, parts: list[Node]) -> bool:
    """A number but zero, a text or a display that is not empty."""
    if node.type in ("integer", "float", "string"):
        return not never_holds(node)
    splats = ("list_splat", "dictionary_splat")
    return node.type in _DISPLAYS and any(part.type not in splats for part in parts)


def _compares_nothing(comparison: Node, parts: list[Node]) -> bool:
    if len(parts) != 2:
        return False
    if all(part.type in _LITERALS for part in parts):
        return True
    return _operator(comparison) in _REFLEXIVE and _are_same(parts)


def _are_same(parts: list[Node]) -> bool:
    """Two expressions that read the same and do nothing, or two constants."""
    if all(part.type in _LITERALS for part in parts):
        return True
    first, second = (list(normal(part)) for part in parts)
    return first == second and not any(node.type in _EFFECTS for node in walk(parts[0]))


def _parts(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _operator(node: Node) -> str:
    return " ".join(text_of(child) for child in node.children if not child.is_named)
