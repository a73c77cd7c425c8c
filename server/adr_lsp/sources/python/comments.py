"""The comments of a Python file, and the definition or assignment that each stands at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from adr_lsp.sources.python.outline import definitions, own_statements
from adr_lsp.sources.python.syntax import Code, walk

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `alone` says that nothing else stands on its line; `place` is the id of the
    definition or assignment whose comment block or decorators it belongs to, if any."""

    node: Node
    row: int
    column: int
    alone: bool
    place: int | None = None


def comments(code: Code) -> list[Comment]:
    """Every comment in source order, with its place."""
    found = {c.row: c for node in walk(code.root) if node.type == "comment" for c in [_read(node)]}
    if found:
        for row, place in list(_placed(code, found)):
            found[row] = replace(found[row], place=place)
    return [found[row] for row in sorted(found)]


def _read(node: Node) -> Comment:
    row, column = node.start_point
    return Comment(node, row, column, alone=_begins_line(node))


def _begins_line(node: Node) -> bool:
    """Whether only white space stands before it: no leaf ends in its row before it."""
    before: Node | None = node
    while before is not None and before.prev_sibling is None:
        before = before.parent
    last = before.prev_sibling if before is not None else None
    return last is None or last.end_point.row < node.start_point.row or last.end_point.column == 0


def _placed(code: Code, found: dict[int, Comment]) -> Iterator[tuple[int, int]]:
    for definition in definitions(code.root):
        outer, inner = definition.outer, definition.inner
        yield from ((row, inner.id) for row in _block_above(outer, found))
        for row in range(outer.start_point.row, inner.start_point.row):
            if row in found:
                yield row, inner.id
    for node in own_statements(code.root):
        for child in node.named_children if node.type == "expression_statement" else ():
            if child.type == "assignment":
                yield from ((row, child.id) for row in _block_above(node, found))


def _block_above(node: Node, found: dict[int, Comment]) -> Iterator[int]:
    """The rows of the comment block that ends on the line before the node."""
    row, column = node.start_point
    while (above := found.get(row - 1)) and above.alone and above.column == column:
        row -= 1
        yield row
