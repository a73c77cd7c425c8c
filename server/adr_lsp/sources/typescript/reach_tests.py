"""Where a test stands in a TypeScript or JavaScript file, by its name."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "generator_function", "function", "method_definition"}
)
_LONGEST = 2_000
_MAKING = frozenset(
    [
        "describe",
        "suite",
        "context",
        "fdescribe",
        "xdescribe",
        "it",
        "test",
        "specify",
        "fit",
        "xit",
        "xtest",
        "ftest",
    ]
)


def find_tests(root: Node, name: str) -> list[Node]:
    """The calls that make the tests of a name (`describe title::it title`), in their order.

    A call with a title and a function may take part in the name, whatever it is called: what a
    file calls its tests is its own affair.
    """
    found: list[Node] = []
    last = name.rpartition("::")[2].encode()
    places = [place.start() for place in re.finditer(re.escape(last), root.text or b"")]
    stack: list[tuple[Node, str]] = [(root, name)]
    while stack:
        node, rest = stack.pop()
        if bisect_left(places, node.start_byte) == bisect_left(places, node.end_byte):
            continue  # the title stands elsewhere
        said = title(node) if node.type == "call_expression" else None
        if said is not None and said == rest and (_makes_tests(node) or callback(node)):
            found.append(node)
            continue
        if said is not None and rest.startswith(f"{said}::"):
            rest = rest[len(said) + 2 :]
        elif said is not None and _makes_tests(node):
            continue
        stack.extend((child, rest) for child in reversed(node.named_children))
    return found


def title(call: Node) -> str | None:
    """The first argument of a call as it is written: between its quotes, if it is a text."""
    listed = call.child_by_field_name("arguments")
    if listed is None or listed.type != "arguments":
        return None
    first = next((a for a in listed.named_children if a.type != "comment"), None)
    if first is None or first.type in FUNCTIONS or first.end_byte - first.start_byte > _LONGEST:
        return None
    shown = text_of(first)
    return shown[1:-1] if first.type in ("string", "template_string") else shown


def callback(call: Node) -> Node | None:
    """The function that a call runs: the last of its arguments that is one, or names one."""
    listed = call.child_by_field_name("arguments")
    arguments = listed.named_children if listed is not None else []
    for argument in reversed(arguments):
        if argument.type in FUNCTIONS:
            return argument
    named = ("identifier", "member_expression", "call_expression", "await_expression")
    rest = [argument for argument in arguments[1:] if argument.type in named]
    return rest[-1] if rest else None


def _makes_tests(call: Node) -> bool:
    """Whether what is called is known to make a test or a scope: `test.describe.parallel`."""
    callee = call.child_by_field_name("function")
    while callee is not None and callee.type == "call_expression":
        callee = callee.child_by_field_name("function")
    path = text_of(callee).split(".") if callee is not None else []
    return not _MAKING.isdisjoint(path)
