"""The comments of a Python file that may name something, and what each of them stands at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code, text_of
from adr_lsp.sources.hint import telling
from adr_lsp.sources.python.outline import assignments, definitions
from adr_lsp.sources.verifies import continues
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_FIRST = re.compile(rb"[ \t\x0c]*#")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `place` is the id of the definition or assignment whose comment block or
    decorators it belongs to, if any."""

    node: Node
    row: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Comments:
    """The telling comments in source order; `in_texts` says that a text tells something too."""

    found: tuple[Comment, ...] = ()
    in_texts: bool = False


@dataclass(frozen=True, slots=True)
class _Anchors:
    """Definitions and assignments by the row and column where they begin, and the rows between
    a first decorator and the definition's own line."""

    starts: dict[tuple[int, int], int]
    decorated: dict[int, int]


def comments(code: Code) -> Comments:
    """Every comment with a word that may name something, and those that its list goes on in."""
    told = [_at(code, byte) for byte in telling(code.data)]
    by_row = {node.start_point.row: node for node in told if node and node.type == "comment"}
    in_texts = any(node is None or node.type != "comment" for node in told)
    if not by_row:
        return Comments((), in_texts)
    for node in list(by_row.values()):
        _continue(code, by_row, node)
    places = _places(code, [by_row[row] for row in sorted(by_row, reverse=True)])
    found = (Comment(by_row[row], row, places[row]) for row in sorted(by_row))
    return Comments(tuple(found), in_texts)


def _at(code: Code, byte: int) -> Node | None:
    return code.root.descendant_for_byte_range(byte, byte + 1)


def _alone(code: Code, line: int) -> Node | None:
    """The comment that has the line beginning at that byte for itself."""
    sign = _FIRST.match(code.data, line)
    node = _at(code, sign.end() - 1) if sign else None
    return node if node is not None and node.type == "comment" else None


def _below(code: Code, node: Node) -> Node | None:
    """The comment that has the next line for itself."""
    end = code.data.find(b"\n", node.start_byte)
    return _alone(code, end + 1) if end >= 0 else None


def _continue(code: Code, by_row: dict[int, Node], node: Node) -> None:
    """Adds the comments that a list goes on in."""
    following: Node | None = node
    while following is not None and continues(text_of(following)):
        following = _below(code, following)
        if following is None or following.start_point.row in by_row:
            return
        by_row[following.start_point.row] = following


def _places(code: Code, upwards: list[Node]) -> dict[int, int | None]:
    """What each comment, by its row, stands at; from the last one up."""
    anchors = _anchors(code)
    found: dict[int, int | None] = {}
    known: dict[tuple[int, int], int | None] = {}
    for node in upwards:
        row, column = node.start_point
        if row in anchors.decorated:
            found[row] = anchors.decorated[row]
        elif _alone(code, node.start_byte - column) == node:
            found[row] = known[row, column] = _down(code, anchors, known, node)
        else:
            found[row] = None
    return found


def _down(
    code: Code, anchors: _Anchors, known: dict[tuple[int, int], int | None], node: Node
) -> int | None:
    """Through the comments of one column to what begins right below them."""
    row, column = node.start_point
    below: Node | None = node
    while below is not None and below.start_point.column == column:
        row += 1
        if (row, column) in anchors.starts:
            return anchors.starts[row, column]
        if (row, column) in known:
            return known[row, column]
        below = _below(code, below)
    return None


def _anchors(code: Code) -> _Anchors:
    starts: dict[tuple[int, int], int] = {}
    decorated: dict[int, int] = {}
    for assignment in assignments(code.root):
        starts[assignment.start_point.row, assignment.start_point.column] = assignment.id
    for definition in definitions(code.root):
        outer, inner = definition.outer.start_point, definition.inner.start_point
        starts[outer.row, outer.column] = definition.inner.id
        decorated.update((row, definition.inner.id) for row in range(outer.row, inner.row))
    return _Anchors(starts, decorated)
