"""Which failures a `try` or a `with` block of Python code swallows."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Flag, auto
from typing import TYPE_CHECKING

from adr_lsp.sources.code import walk
from adr_lsp.sources.python.outline import meaning
from adr_lsp.sources.python.syntax import called, dotted
from adr_lsp.sources.python.trivial import always_holds

if TYPE_CHECKING:
    from tree_sitter import Node


class Swallowed(Flag):
    """`ASSERTION`: an `AssertionError`; `OUTCOME`: pytest's own failures, which only a handler
    of everything catches."""

    NOTHING = 0
    ASSERTION = auto()
    OUTCOME = auto()


_EVERYTHING = Swallowed.ASSERTION | Swallowed.OUTCOME
_CAUGHT_BY = {
    "AssertionError": Swallowed.ASSERTION,
    "Exception": Swallowed.ASSERTION,
    "BaseException": _EVERYTHING,
}
SCOPES = frozenset({"function_definition", "class_definition", "lambda"})
_FAILING = ("fail", "exit")


def by_try(statement: Node, names: dict[str, str]) -> Swallowed:
    """What a failure in the body of a `try` does not get past."""
    left, swallowed = _EVERYTHING, Swallowed.NOTHING
    for clause in statement.named_children:
        if clause.type == "except_clause":
            caught = _caught(clause, names) & left
            left &= ~caught
            if not _goes_on(clause, names):
                swallowed |= caught
    return swallowed


def by_finally(statement: Node) -> Swallowed:
    """A `return` in `finally` drops every failure of the whole statement."""
    for clause in statement.named_children:
        if clause.type == "finally_clause":
            inside = walk(clause, SCOPES)
            if any(node.type == "return_statement" for node in inside):
                return _EVERYTHING
    return Swallowed.NOTHING


def by_with(statement: Node, names: dict[str, str]) -> Swallowed:
    """What `contextlib.suppress` swallows."""
    swallowed = Swallowed.NOTHING
    for item in walk(statement, frozenset({"block"})):
        if item.type == "call" and _name(item, names) == "suppress":
            arguments = item.child_by_field_name("arguments")
            for argument in arguments.named_children if arguments else ():
                swallowed |= _of(argument, names)
    return swallowed


def _caught(clause: Node, names: dict[str, str]) -> Swallowed:
    listed = list(_classes(clause))
    if not listed:
        return _EVERYTHING
    caught = Swallowed.NOTHING
    for node in listed:
        caught |= _of(node, names)
    return caught


def _classes(clause: Node) -> Iterator[Node]:
    """The classes that a handler names; none for a bare `except`."""
    stack = [c for c in clause.named_children if c.type not in ("block", "comment")]
    while stack:
        node = stack.pop()
        if node.type in ("tuple", "parenthesized_expression", "expression_list"):
            stack.extend(node.named_children)
        elif node.type == "as_pattern":
            stack.append(node.named_children[0])
        else:
            yield node


def _of(node: Node, names: dict[str, str]) -> Swallowed:
    last = meaning(dotted(node), names).rpartition(".")[2]
    return _CAUGHT_BY.get(last, Swallowed.NOTHING)


def _goes_on(clause: Node, names: dict[str, str]) -> bool:
    """Whether a handler can fail in its turn: it raises, asserts, or calls `fail`."""
    for node in walk(clause, SCOPES):
        if node.type == "raise_statement":
            return True
        if node.type == "assert_statement" and not always_holds(node.named_children[0]):
            return True
        if node.type == "call" and _name(node, names) in _FAILING:
            return True
    return False


def _name(call: Node, names: dict[str, str]) -> str:
    return meaning(dotted(called(call)), names).rpartition(".")[2]
