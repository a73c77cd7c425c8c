"""The pieces of a function in TypeScript and JavaScript that may assert, and what they call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.definitions.passage import words
from adr_lsp.sources.definitions.vacuity import Met
from adr_lsp.sources.typescript.normal import unwrap
from adr_lsp.sources.typescript.vacuous_swallowing import PASSING, catches, reachable, swallows

if TYPE_CHECKING:
    from tree_sitter import Node

_CHAI = words("to be been is that which and has have with at of same but does still also not")
PROPERTIES = words("property asyncProperty")


def path_of(call: Node) -> list[str]:
    """The names of what is called: `["t", "assert", "equal"]`; calls within are left out."""
    names: list[str] = []
    node = call.child_by_field_name("function") or call.child_by_field_name("constructor")
    while node is not None:
        node = unwrap(node)
        if node.type == "member_expression":
            last = node.child_by_field_name("property")
            names.insert(0, text_of(last) if last is not None else "")
            node = node.child_by_field_name("object")
        elif node.type == "call_expression":
            node = node.child_by_field_name("function")
        else:
            return [text_of(node), *names] if node.type in ("identifier", "this") else names
    return names


def last_of(call: Node) -> str:
    path = path_of(call)
    return path[-1] if path else ""


def expected(call: Node) -> tuple[Node, list[str]] | None:
    """The call of `expect` below a matcher's call, and the words between: `not`, `toBe`."""
    names: list[str] = []
    node = call.child_by_field_name("function")
    if last_of(call) in PASSING:
        return None
    while node is not None and node.type == "member_expression":
        last = node.child_by_field_name("property")
        names.insert(0, text_of(last) if last is not None else "")
        node = node.child_by_field_name("object")
        while node is not None and names and node.type == "call_expression":
            function = node.child_by_field_name("function")
            if function is not None and text_of(function) in (
                "expect",
                "expect.soft",
                "expect.poll",
            ):
                return node, names
            node = function
    return None


def is_property_of_chai(node: Node) -> bool:
    """`expect(x).to.be.true` and `x.should.be.ok`, which assert without a call."""
    parent = node.parent
    if parent is None or parent.type in ("member_expression", "call_expression"):
        return False
    names: list[str] = []
    inner: Node | None = node
    while inner is not None and inner.type == "member_expression":
        last = inner.child_by_field_name("property")
        names.insert(0, text_of(last) if last is not None else "")
        inner = inner.child_by_field_name("object")
    called = inner is not None and inner.type == "call_expression" and last_of(inner) == "expect"
    return "should" in names[:-1] or (called and len(names) > 1 and names[0] in _CHAI)


def _identifiers(body: Node) -> Iterator[Node]:
    stack = [body]
    while stack:
        node = stack.pop()
        if node.type in ("identifier", "shorthand_property_identifier"):
            yield node
        stack.extend(node.named_children)


def _name(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name) if name is not None else ""


def _is_idle_property(node: Node) -> bool:
    """`fc.property(…)`, which only `fc.assert` runs, and is looked at there; `fc.check` reports."""
    if node.type != "call_expression":
        return False
    path = path_of(node)
    return path[-1:] != [] and (path[-1] in PROPERTIES or path[-2:] == ["fc", "check"])


def pieces(body: Node, around: Met | None) -> Iterator[tuple[Node, Met | None]]:
    """Every node of a function with what becomes of a failure there; of functions inside with a
    name, only those that are named again."""
    words_used = [text_of(node) for node in _identifiers(body)]
    stack = [(body, around)]
    while stack:
        node, reason = stack.pop()
        yield node, reason
        if node.type == "function_declaration" and words_used.count(_name(node)) < 2:
            continue
        inside = reason
        guarded = node.child_by_field_name("body")
        if node.type == "try_statement" and swallows(node):
            inside = reason or Met.SWALLOWED
        elif node.type == "call_expression" and catches(node):
            inside, guarded = reason or Met.SWALLOWED, node.child_by_field_name("function")
        elif _is_idle_property(node):
            continue
        stack.extend((c, inside if c == guarded else reason) for c in reversed(reachable(node)))
