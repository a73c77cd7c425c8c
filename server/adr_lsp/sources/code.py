"""One file of code as a syntax tree, with its places in code points. Grammars load when asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from adr_lsp.text import Position, Range, Text, decode

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_LONE_RETURN = re.compile(rb"\r(?!\n)")
_CONTINUATION = re.compile(rb"[\x80-\xbf]")

LARGEST = 2 * 1024 * 1024  # what stands behind is not parsed

GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "javascript": ("tree_sitter_javascript", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "go": ("tree_sitter_go", "language"),
    "java": ("tree_sitter_java", "language"),
}


class Code:
    """A file that is parsed once its tree is asked for.

    Byte offsets are those of `data`, which has as many lines as `content`.
    """

    def __init__(self, raw: bytes, grammar: str) -> None:
        self.content = decode(raw)[0]
        self.data = _LONE_RETURN.sub(b"\n", self.content.encode())
        self._grammar = grammar

    @cached_property
    def root(self) -> Node:
        return parse(self.data[:LARGEST], self._grammar)

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


def parse(data: bytes, grammar: str) -> Node:
    from tree_sitter import Parser

    return Parser(_grammar(grammar)).parse(data).root_node


@lru_cache(maxsize=8)
def _grammar(name: str) -> Language:
    from tree_sitter import Language

    module, function = GRAMMARS[name]
    return Language(getattr(import_module(module), function)())


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
