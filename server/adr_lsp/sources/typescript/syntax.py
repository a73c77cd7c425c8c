"""What the nodes of the syntax trees of TypeScript and JavaScript mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset(
    {
        "arrow_function",
        "function_expression",
        "function",
        "generator_function",
        "function_declaration",
        "generator_function_declaration",
        "method_definition",
    }
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_LONGEST = 8  # links of a chain of calls


def grammar_of(path: str) -> str:
    if path.endswith(".tsx"):
        return "tsx"
    return "typescript" if path.endswith((".ts", ".mts", ".cts")) else "javascript"


def chain(call: Node) -> tuple[list[str], bool] | None:
    """The names that a call goes through, and whether it calls a call's result:
    `test.each([1])("x")` gives `["test", "each"]` and True; None for anything longer or else."""
    names: list[str] = []
    called = False
    node = call.child_by_field_name("function")
    for _ in range(_LONGEST):
        if node is None:
            return None
        if node.type == "identifier":
            return [text_of(node), *reversed(names)], called
        if node.type == "member_expression":
            property = node.child_by_field_name("property")
            names.append(text_of(property) if property else "")
            node = node.child_by_field_name("object")
        elif node.type == "call_expression":
            called = True
            node = node.child_by_field_name("function")
        elif node.type in ("parenthesized_expression", "non_null_expression"):
            node = node.named_children[0] if node.named_children else None
        else:
            return None
    return None


def arguments(call: Node) -> list[Node]:
    listed = call.child_by_field_name("arguments")
    if listed is None or listed.type != "arguments":
        return []
    return [child for child in listed.named_children if child.type != "comment"]


def text_span(node: Node) -> tuple[int, int] | None:
    """Where the words of a text stand between its quotes; None for what is no text."""
    if node.type not in ("string", "template_string") or node.end_byte - node.start_byte < 2:
        return None
    return node.start_byte + 1, node.end_byte - 1


def spoken(written: str) -> str:
    """A text as it is when the program runs."""
    return _ESCAPE.sub(_meant, written) if "\\" in written else written


def _meant(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]
    return _SIMPLE.get(found[4], found[4])


def function_in(values: list[Node]) -> Node | None:
    """The last function among some arguments."""
    return next((value for value in reversed(values) if value.type in FUNCTIONS), None)


def first_parameter(function: Node) -> str | None:
    """The name of the first parameter, where it has a plain one."""
    alone = function.child_by_field_name("parameter")
    if alone is not None:
        return text_of(alone)
    listed = function.child_by_field_name("parameters")
    first = listed.named_children[0] if listed and listed.named_children else None
    if first is not None and first.type in ("required_parameter", "optional_parameter"):
        first = first.child_by_field_name("pattern")
    return text_of(first) if first is not None and first.type == "identifier" else None


def texts_in(node: Node) -> Iterator[Node]:
    """A text, or the texts of a list of such."""
    if node.type == "array":
        yield from (child for child in node.named_children if text_span(child))
    elif text_span(node):
        yield node
