"""Which lines of a file a test can run: those of statements in the bodies of functions.

What stands outside of them runs when the file is loaded, which no test is charged with; so a share
of lines that counted imports, headers and docstrings could never be whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.features.code_definitions import grammar_of
from adr_lsp.sources.code import Code, text_of, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = frozenset(
    [
        *("function_definition", "function_declaration", "generator_function_declaration"),
        *("method_definition", "method_declaration", "constructor_declaration", "function_item"),
        *("arrow_function", "function_expression", "generator_function", "func_literal"),
        *("closure_expression", "lambda_expression", "lambda"),
    ]
)
_CONDITIONS = frozenset(("elif_clause", "except_clause", "except_group_clause", "case_clause"))
_UNRUN = frozenset(("comment", "line_comment", "block_comment"))


def executable(path: str, raw: bytes) -> frozenset[int]:
    """The lines, from 1; none for a language that is not parsed."""
    grammar = grammar_of(path)
    return _executable(grammar, raw) if grammar else frozenset()


@lru_cache(maxsize=64)
def _executable(grammar: str, raw: bytes) -> frozenset[int]:
    bodies = [body for node in walk(Code(raw, grammar).root) if (body := _body(node))]
    of = _statements if grammar == "python" else _words
    return frozenset(line for body in bodies for line in of(body))


def _body(node: Node) -> Node | None:
    return node.child_by_field_name("body") if node.type in _FUNCTIONS else None


def _statements(body: Node) -> Iterator[int]:
    """The first line of each statement, without docstrings: a tracer names no other."""
    if body.type != "block":  # of a lambda
        yield body.start_point.row + 1
    for node in walk(body):
        if node.type in _CONDITIONS:
            yield node.start_point.row + 1
        for child in node.named_children if node.type == "block" else ():
            if child.type not in _UNRUN and not _is_text(child):
                yield child.start_point.row + 1


def _is_text(statement: Node) -> bool:
    """Whether a statement is a text alone, as docstrings are."""
    children = statement.named_children
    alone = statement.type == "expression_statement" and len(children) == 1
    return alone and children[0].type in ("string", "concatenated_string")


def _words(body: Node) -> Iterator[int]:
    """Every line on which code begins that is more than a sign."""
    for node in walk(body, _UNRUN):
        leaf = not node.child_count and node.type not in _UNRUN
        if leaf and any(character.isalnum() for character in text_of(node)):
            yield node.start_point.row + 1
