"""Where the imports of a file begin: behind what must stand first, and above the comments that
belong to the first definition, which would else stand at the imports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.hint import telling
from adr_lsp.sources.verifies import continues

if TYPE_CHECKING:
    from tree_sitter import Node

Told = Callable[["Node"], bool]


def head_end(
    nodes: Iterable[Node],
    is_comment: Told,
    is_head: Told,
    is_of_file: Told = lambda _: False,
) -> int:
    """The byte behind what stays above imports; 0 if nothing does.

    That is what `is_head` knows, and every comment but those without a gap above the first other
    node: of these only the first ones that `is_of_file` says are about the whole file.
    """
    listed = list(nodes)
    first = next((n for n, node in enumerate(listed) if not (is_comment(node) or is_head(node))),
                 len(listed))  # fmt: skip
    heads = [n for n in range(first) if not is_comment(listed[n])]
    start = heads[-1] + 1 if heads else 0
    kept = _above(listed, start, first)
    while kept < first and is_of_file(listed[kept]) and not _tells(listed[kept]):
        kept += 1
    if not kept:
        return 0
    return _whole_lines(listed, kept - 1)


def _tells(comment: Node) -> bool:
    """Whether it may name what a test verifies."""
    return next(iter(telling(comment.text or b"")), None) is not None


def _above(nodes: list[Node], start: int, first: int) -> int:
    """Where the comments begin that stand directly above the node with that number."""
    if first == len(nodes):
        return first
    beside = last_row(nodes[start - 1]) if start else -1
    while start < first and nodes[start].start_point.row == beside:
        start += 1  # it stands beside code, and what its list goes on in stays with it
        while start < first and continues(text_of(nodes[start - 1])):
            start += 1
    kept = first
    while kept > start and last_row(nodes[kept - 1]) + 1 >= nodes[kept].start_point.row:
        kept -= 1
    return kept


def _whole_lines(nodes: list[Node], last: int) -> int:
    """The end of a node and of what begins in its last line."""
    while last + 1 < len(nodes) and nodes[last + 1].start_point.row <= last_row(nodes[last]):
        last += 1
    node = nodes[last]
    return node.end_byte - (1 if last_row(node) < node.end_point.row else 0)


def last_row(node: Node) -> int:
    """That of its last character, where the line's end belongs to it."""
    row, column = node.end_point
    return row - 1 if column == 0 and row > node.start_point.row else row
