"""What drops a failure in TypeScript and JavaScript: handlers that go on, promises that float."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.definitions.vacuity import ASSERTING
from adr_lsp.sources.typescript.normal import COMMENTS, UNWRAPPED, unwrap
from adr_lsp.sources.typescript.reach_tests import FUNCTIONS
from adr_lsp.sources.typescript.vacuous_trivial import arguments

if TYPE_CHECKING:
    from tree_sitter import Node

_SCOPES = FUNCTIONS | {"function_declaration", "class_declaration"}
PASSING = ("then", "catch", "finally")


def swallows(statement: Node) -> bool:
    """Whether a failure in the body of a `try` goes no further."""
    handler = statement.child_by_field_name("handler")
    last = statement.child_by_field_name("finalizer")
    if last is not None and any(n.type == "return_statement" for n in walk(last, _SCOPES)):
        return True
    body = handler.child_by_field_name("body") if handler is not None else None
    return body is not None and not goes_on(body)


def goes_on(body: Node) -> bool:
    """Whether a handler may fail in its turn: it throws, asserts, or hands the failure on."""
    for node in walk(body, _SCOPES):
        if node.type == "throw_statement":
            return True
        if node.type == "call_expression":
            function = node.child_by_field_name("function")
            names = text_of(function).replace("?", "").split(".") if function is not None else []
            asserting = any(name.lower().lstrip("_").startswith(ASSERTING) for name in names)
            if asserting or names[-1:] in (["reject"], ["done"], ["exit"]):
                return True
    return False


def catches(call: Node) -> bool:
    """Whether a call is `….catch(handler)` with a handler that goes no further."""
    function = call.child_by_field_name("function")
    if function is None or function.type != "member_expression":
        return False
    property = function.child_by_field_name("property")
    given = arguments(call)
    if property is None or text_of(property) != "catch" or not given:
        return False
    handler = unwrap(given[0])
    body = handler.child_by_field_name("body") if handler.type in FUNCTIONS else None
    return body is not None and not goes_on(body)


def floats(node: Node) -> bool:
    """Whether nobody waits for what an expression promises: it stands as a statement."""
    around = node.parent
    while around is not None:
        if around.type in ("expression_statement", "sequence_expression"):
            return True
        if around.type == "unary_expression":
            return text_of(around).startswith("void")
        transparent = around.type in UNWRAPPED or around.type == "parenthesized_expression"
        if not (transparent or _passes(around, node)):
            return False
        node, around = around, around.parent
    return False


def _passes(around: Node, inner: Node) -> bool:
    """Whether a promise goes through: `p.then`, `p.then(…)`."""
    if around.type == "member_expression":
        property = around.child_by_field_name("property")
        return property is not None and text_of(property) in PASSING
    return around.type == "call_expression" and around.child_by_field_name("function") == inner


def reachable(block: Node) -> list[Node]:
    """The children of a node that can run: not behind `return` or `throw`, nor in `if (false)`."""
    children = [child for child in block.named_children if child.type not in COMMENTS]
    if block.type == "if_statement":
        return _branches(block, children)
    if block.type not in ("statement_block", "program"):
        return children
    for at, child in enumerate(children):
        if child.type in ("return_statement", "throw_statement"):
            rest = [c for c in children[at + 1 :] if c.type == "function_declaration"]
            return [*children[: at + 1], *rest]
    return children


def _branches(statement: Node, children: list[Node]) -> list[Node]:
    condition = statement.child_by_field_name("condition")
    inner = unwrap(condition) if condition is not None else None
    if inner is not None and inner.type == "false":
        skipped = statement.child_by_field_name("consequence")
        return [child for child in children if child != skipped]
    return children
