"""Which conditions of assertions hold whatever the code does, in TypeScript and JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.typescript.normal import COMMENTS, normal, unwrap

if TYPE_CHECKING:
    from tree_sitter import Node

_REFLEXIVE = ("===", "==", ">=", "<=")
_EFFECTS = words(
    "call_expression new_expression await_expression yield_expression assignment_expression"
    " augmented_assignment_expression update_expression template_substitution"
)
_LITERALS = words("true false null undefined number string")
_FILLED = words("array object arrow_function function_expression class regex")
# What asks whether two values are one, and what asks for one that is true, in the words of
# vitest, jest, chai and node:assert.
_EQUAL = words(
    "toBe toEqual toStrictEqual toMatchObject toBeCloseTo toBeGreaterThanOrEqual"
    " toBeLessThanOrEqual equal equals eq eql eqls strictEqual deepEqual deepStrictEqual"
    " isAtLeast isAtMost is same"
)
_TRUE = words("toBeTruthy toBeDefined ok isOk isTrue true exist exists assert isDefined not_null")
_FALSE = words("toBeFalsy toBeNull toBeUndefined notOk isFalse isNull isUndefined")
ONE_ARGUMENT = _TRUE | _FALSE
_DEEPEST = 50


def compares_nothing(name: str, actual: list[Node], given: list[Node], negated: bool) -> bool:
    """Whether an assertion of that name passes whatever the code does: `expect(true).toBe(true)`,
    `assert.equal(x, x)`, `assert(1)`. `actual` is what is looked at, `given` what it is held to."""
    if not actual:
        return False
    seen = unwrap(actual[0])
    if _is_literal(seen) and all(_is_literal(unwrap(one)) for one in given[:1]):
        return True
    if negated:
        return name in _FALSE and always_holds(seen)
    if name in _EQUAL and given:
        wanted = unwrap(given[0])
        if wanted.type == "true" and always_holds(seen):
            return True
        return are_same(seen, wanted)
    return (name in _TRUE and always_holds(seen)) or (name in _FALSE and never_holds(seen))


def always_holds(condition: Node, depth: int = 0) -> bool:
    """Whether an expression is true whatever happens: a constant, `x === x`."""
    node = unwrap(condition)
    if depth > _DEEPEST:
        return False
    if node.type == "binary_expression":
        return _binary_holds(node, depth)
    if node.type == "unary_expression":
        inner = node.child_by_field_name("argument")
        return _operator(node) == "!" and inner is not None and never_holds(inner)
    return node.type in _FILLED or (_is_literal(node) and not never_holds(node))


def _binary_holds(node: Node, depth: int) -> bool:
    left, right = (node.child_by_field_name(side) for side in ("left", "right"))
    if left is None or right is None:
        return False
    operator = _operator(node)
    if operator in ("&&", "||"):
        sides = [always_holds(side, depth + 1) for side in (left, right)]
        return all(sides) if operator == "&&" else any(sides)
    if operator in _REFLEXIVE:
        return are_same(unwrap(left), unwrap(right))
    return all(_is_literal(unwrap(side)) for side in (left, right)) and operator in (
        "<",
        ">",
        "!==",
    )


def never_holds(node: Node) -> bool:
    """Whether an expression is a false or empty constant."""
    node = unwrap(node)
    if node.type in ("false", "null", "undefined"):
        return True
    if node.type == "number":
        return not text_of(node).strip("0._xXbBoOn")
    return node.type == "string" and not node.named_child_count


def are_same(one: Node, other: Node) -> bool:
    """Two expressions that read the same and do nothing, or two constants."""
    if _is_literal(one) and _is_literal(other):
        return True
    if any(node.type in _EFFECTS for node in walk(one)):
        return False
    return list(normal(one, frozenset())) == list(normal(other, frozenset()))


def _is_literal(node: Node) -> bool:
    if node.type == "unary_expression":
        inner = node.child_by_field_name("argument")
        return inner is not None and inner.type in _LITERALS
    plain = node.type == "template_string" and "${" not in text_of(node)
    return node.type in _LITERALS or plain or text_of(node) == "undefined"


def _operator(node: Node) -> str:
    operator = node.child_by_field_name("operator")
    return text_of(operator) if operator is not None else ""


def arguments(call: Node) -> list[Node]:
    listed = call.child_by_field_name("arguments")
    if listed is None or listed.type != "arguments":
        return []
    return [child for child in listed.named_children if child.type not in COMMENTS]
