"""References to invariants in a Python file: comments, docstrings, markers and mentions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.listing import Line
from adr_lsp.sources.listing import references as listed
from adr_lsp.sources.model import Reference
from adr_lsp.sources.python.collecting import Collected
from adr_lsp.sources.python.comments import Comments
from adr_lsp.sources.python.outline import (
    Definition,
    assignments,
    definitions,
    meaning,
    pytestmarks,
)
from adr_lsp.sources.python.syntax import called, docstring, dotted, string_content
from adr_lsp.sources.verifies import after_keyword

if TYPE_CHECKING:
    from tree_sitter import Node

_FENCES = ("```", "~~~")


def references(
    found: Collected, comments: Comments, prefixes: tuple[str, ...]
) -> tuple[Reference, ...]:
    """Every reference of the file, in source order."""
    lines = list(_comment_lines(comments))
    if comments.in_texts:
        lines += _docstring_lines(found)
    if b"invariant" in found.code.data:
        lines += _marker_lines(found)
    lines.sort(key=lambda line: line.byte)
    return tuple(listed(found.code, found.owned, lines, prefixes))


def _comment_lines(comments: Comments) -> Iterator[Line]:
    for comment in comments.found:
        text = text_of(comment.node)
        start = after_keyword(text)
        # The sign is no part of a list that goes on in this line.
        sign = len(text) - len(text.lstrip("#:! "))
        byte = comment.node.start_byte + sign
        shown = None if start is None else start - sign
        yield Line(text[sign:], byte, comment.row, "comment", comment.place, shown)


def _docstring_lines(found: Collected) -> Iterator[Line]:
    root = found.code.root
    documented = [(root, None), *((d.inner, d.inner.id) for d in definitions(root))]
    for definition, place in documented:
        content = docstring(definition)
        if content is not None:
            yield from _lines_of(content, place)


def _lines_of(content: Node, place: int | None) -> Iterator[Line]:
    byte, fence = content.start_byte, ""
    for number, line in enumerate(text_of(content).split("\n")):
        bare = line.strip()
        if bare.startswith(_FENCES):
            fence = "" if bare[:3] == fence else fence or bare[:3]
        elif not fence:
            row = content.start_point.row + number
            yield Line(line, byte, row, "docstring", place, after_keyword(line))
        byte += len(line.encode()) + 1


def _marker_lines(found: Collected) -> Iterator[Line]:
    root = found.code.root
    for node, place in _marked(root, list(definitions(root))):
        for call in walk(node):
            if call.type == "call" and _is_marker(call, found.names):
                yield from _arguments(call, place)


def _marked(root: Node, defined: list[Definition]) -> Iterator[tuple[Node, int]]:
    """Every expression that may hold a marker, with the id of the place that it marks."""
    for definition in defined:
        yield from ((decorator, definition.inner.id) for decorator in definition.decorators)
        if definition.is_class and definition.body:
            yield from ((node, definition.inner.id) for node in pytestmarks(definition.body))
    yield from ((node, root.id) for node in pytestmarks(root))
    for assignment in assignments(root):
        right = assignment.child_by_field_name("right")
        if right is not None and right.type == "call":
            yield called(right), assignment.id


def _is_marker(call: Node, names: dict[str, str]) -> bool:
    name = meaning(dotted(called(call)), names)
    return name == "mark.invariant" or name.endswith(".mark.invariant")


def _arguments(call: Node, place: int) -> Iterator[Line]:
    arguments = call.child_by_field_name("arguments")
    for argument in arguments.named_children if arguments else ():
        content = string_content(argument) if argument.type == "string" else None
        if content is not None:
            row = content.start_point.row
            yield Line(text_of(content), content.start_byte, row, "marker", place, 0)
