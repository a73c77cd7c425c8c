"""One Python file as a syntax tree, with its places in code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from adr_lsp.text import Position, Range, Text, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_LONE_RETURN = re.compile(rb"\r(?!\n)")
_CONTINUATION = re.compile(rb"[\x80-\xbf]")

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


class Code:
    """A parsed file. Byte offsets are those of `data`, which has as many lines as `content`."""

    def __init__(self, raw: bytes) -> None:
        self.content = decode(raw)[0]
        self.data = _LONE_RETURN.sub(b"\n", self.content.encode())
        self.root = parse(self.data)

    @cached_property
    def text(self) -> Text:
        return Text(self.content)

    @cached_property
    def _wide(self) -> list[int]:
        return [m.start() for m in _CONTINUATION.finditer(self.data)]

    def position(self, byte: int) -> Position:
        return self.text.position(byte - bisect_left(self._wide, byte))

    def range(self, start: int, end: int) -> Range:
        return Range(self.position(start), self.position(end))

    def range_of(self, node: Node) -> Range:
        return self.range(node.start_byte, node.end_byte)

    def within(self, node: Node, start: int, end: int) -> Range:
        """The range of characters `start` to `end` of a node's text."""
        shown = text_of(node)
        first = node.start_byte + len(shown[:start].encode())
        return self.range(first, first + len(shown[start:end].encode()))


def parse(data: bytes) -> Node:
    from tree_sitter import Parser

    return Parser(_grammar()).parse(data).root_node


@lru_cache(maxsize=1)
def _grammar() -> Language:
    import tree_sitter_python
    from tree_sitter import Language

    return Language(tree_sitter_python.language())


def text_of(node: Node) -> str:
    return (node.text or b"").decode(errors="replace")


def walk(node: Node, skip: frozenset[str] = frozenset()) -> Iterator[Node]:
    """The node and all below it in source order; nodes of the types in `skip` stay closed."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        if top is node or top.type not in skip:
            stack.extend(reversed(top.children))


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
