"""Functions and classes of a file of code, with their places, in every language that is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code, text_of
from adr_lsp.text import Range
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_GRAMMAR = {
    "py": "python", "pyi": "python", "ts": "typescript", "mts": "typescript", "cts": "typescript",
    "tsx": "tsx", "js": "javascript", "mjs": "javascript", "cjs": "javascript",
    "jsx": "javascript", "rs": "rust", "go": "go", "java": "java",
}  # fmt: skip
_DEFINES = frozenset(
    [
        *("function_definition", "class_definition", "function_declaration", "class_declaration"),
        *("generator_function_declaration", "abstract_class_declaration", "method_definition"),
        *("function_item", "struct_item", "enum_item", "trait_item", "impl_item", "mod_item"),
        *("method_declaration", "interface_declaration", "record_declaration", "type_spec"),
        *("enum_declaration", "constructor_declaration"),
    ]
)
_VALUES = frozenset(("arrow_function", "function_expression", "function"))
_SCOPES_ONLY = frozenset(("impl_item",))


@dataclass(frozen=True, slots=True)
class Defined:
    """`name` is dotted with the classes or modules around it."""

    name: str
    name_range: Range
    range: Range

    def holds(self, line: int) -> bool:
        """Whether it has a line, which is counted from 1."""
        return self.range.start.line < line <= self.range.end.line + 1

    @property
    def size(self) -> int:
        return self.range.end.line - self.range.start.line


def defined(path: str, raw: bytes) -> tuple[Defined, ...]:
    """In source order; none for a language that is not parsed."""
    grammar = grammar_of(path)
    return _defined(grammar, raw) if grammar else ()


def grammar_of(path: str) -> str | None:
    """What parses a file, by its name; None for a language that is not parsed."""
    return _GRAMMAR.get(path.rpartition(".")[2])


@lru_cache(maxsize=64)
def _defined(grammar: str, raw: bytes) -> tuple[Defined, ...]:
    code = Code(raw, grammar)
    return tuple(_below(code, code.root))


def _below(code: Code, root: Node) -> Iterator[Defined]:
    stack: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while stack:
        node, scope = stack.pop()
        name = _name_of(node)
        if name is not None:
            scope = (*scope, text_of(name))
            if node.type not in _SCOPES_ONLY:
                yield Defined(".".join(scope), code.range_of(name), code.range_of(node))
        stack += [(child, scope) for child in reversed(node.named_children)]


def _name_of(node: Node) -> Node | None:
    if node.type == "variable_declarator":
        value = node.child_by_field_name("value")
        return node.child_by_field_name("name") if value and value.type in _VALUES else None
    if node.type in _DEFINES:
        return node.child_by_field_name("name") or node.child_by_field_name("type")
    return None
