"""The pieces of a Rust function that may refuse a result, with what becomes of a failure there.

A panic is lost in `catch_unwind` or a thread whose result nobody looks at; a failure that is
returned (`prop_assert!`, `?`) where the value of the function or closure is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.vacuity import Met
from adr_lsp.sources.rust.normal import COMMENTS
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_CATCHING = ("catch_unwind", "spawn", "spawn_blocking")
_DROPPING = ("ok", "err", "is_ok", "is_err", "unwrap_or_default", "unwrap_or", "unwrap_or_else")
_NAMES = ("identifier", "type_identifier", "field_identifier")
_ENDING = ("return_expression", "break_expression", "continue_expression")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a panic, or a failure that is returned, goes unseen; None where it does not."""

    panic: Met | None = None
    result: Met | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A `macro`, a `call`, a `try` (`?`), a returned `Err`, or something else that is done. `name`
    is the last part of what is called, `given` the tokens or arguments."""

    kind: str
    name: str
    node: Node
    given: Node | None
    lost: Lost


def pieces(body: Node, lost: Lost) -> Iterator[Piece]:
    """Every piece of a function's body that can run; of functions inside, those named again."""
    named = [text_of(node) for node in _identifiers(body)]
    stack = [(body, lost)]
    while stack:
        node, around = stack.pop()
        kind = node.type
        if kind == "function_item":
            name = node.child_by_field_name("name")
            if name is None or named.count(text_of(name)) < 2:
                continue
        elif kind == "macro_invocation":
            name, tree = node.child_by_field_name("macro"), _tree(node)
            yield Piece("macro", _last(name), node, tree, around)
        elif kind == "token_tree":
            yield from _among_tokens(node, around)
        elif kind == "call_expression":
            function = node.child_by_field_name("function")
            given = node.child_by_field_name("arguments")
            yield Piece("call", last_name(function), node, given, around)
            inside = _inside(node, around)
            behind = ("arguments", "parenthesized_expression")
            parts = reversed(node.children)
            stack += [(c, inside if c.type in behind else around) for c in parts]
            continue
        elif kind == "try_expression":
            yield Piece("try", "", node, None, around)
        elif kind in ("binary_expression", "index_expression", "field_expression"):
            yield Piece("other", "", node, None, around)
        stack += [(child, around) for child in reversed(reachable(node))]


def _identifiers(body: Node) -> Iterator[Node]:
    stack = [body]
    while stack:
        node = stack.pop()
        if node.type == "identifier":
            yield node
        stack.extend(node.named_children)


def _tree(macro: Node) -> Node | None:
    return next((child for child in macro.children if child.type == "token_tree"), None)


def _among_tokens(tree: Node, lost: Lost) -> Iterator[Piece]:
    """The macros and calls among tokens."""
    tokens = [token for token in tree.children if token.type not in COMMENTS]
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.type not in _NAMES or following is None:
            continue
        if following.type == "token_tree":
            yield Piece("call", text_of(token), token, following, lost)
        elif following.type == "!" and at + 2 < len(tokens):
            given = tokens[at + 2] if tokens[at + 2].type == "token_tree" else None
            yield Piece("macro", text_of(token), token, given, lost)


def _inside(call: Node, around: Lost) -> Lost:
    """What becomes of failures in what a call is handed, or in the closure that it runs."""
    if not is_dropped(call):
        return around
    catching = last_name(call.child_by_field_name("function")) in _CATCHING
    panic = around.panic or (Met.SWALLOWED if catching else None)
    return replace(around, panic=panic, result=around.result or Met.DISCARDED)


def is_dropped(call: Node) -> bool:
    """Whether nobody looks at what an expression gives: `f();`, `let _ = f();`, `f().ok();`."""
    node, around = call, call.parent
    while around is not None:
        if around.type == "expression_statement":
            return True
        if around.type == "let_declaration":
            pattern = around.child_by_field_name("pattern")
            return pattern is None or text_of(pattern).startswith("_")
        if around.type == "arguments":
            outer = around.parent
            return outer is not None and last_name(outer.child_by_field_name("function")) == "drop"
        if not (_is_dropping(around, node) or around.type == "parenthesized_expression"):
            return False
        node, around = around, around.parent
    return False


def _is_dropping(around: Node, inner: Node) -> bool:
    """`f().ok` and `f().ok()`."""
    if around.type == "field_expression":
        field = around.child_by_field_name("field")
        return field is not None and text_of(field) in _DROPPING
    return around.type == "call_expression" and around.child_by_field_name("function") == inner


def last_name(node: Node | None) -> str:
    """`new` of `Cart::new`, `total` of `cart.total`, `f` of `f::<T>`."""
    fields = {
        "scoped_identifier": "name",
        "field_expression": "field",
        "generic_function": "function",
    }
    while node is not None and node.type in fields:
        node = node.child_by_field_name(fields[node.type])
    return text_of(node) if node is not None and node.type in _NAMES else ""


def _last(path: Node | None) -> str:
    return text_of(path).rpartition("::")[2] if path is not None else ""


def reachable(node: Node) -> list[Node]:
    """The children of a node that can run: not behind `return`, nor in `if false`."""
    children = [child for child in node.children if child.type not in COMMENTS]
    if node.type == "if_expression":
        condition = node.child_by_field_name("condition")
        if condition is not None and text_of(condition) == "false":
            skipped = node.child_by_field_name("consequence")
            return [child for child in children if child != skipped]
    if node.type != "block":
        return children
    for at, child in enumerate(children):
        inner = child.named_children[0] if child.named_children else child
        if child.type in _ENDING or (
            child.type == "expression_statement" and inner.type in _ENDING
        ):
            rest = [c for c in children[at + 1 :] if c.type == "function_item"]
            return [*children[: at + 1], *rest]
    return children
