"""Which tests of a Python file are still scaffolds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.model import Test
from adr_lsp.sources.python.collecting import Collected
from adr_lsp.sources.python.comments import Comments
from adr_lsp.sources.python.outline import definitions, pytestmarks
from adr_lsp.sources.python.syntax import string_content
from adr_lsp.sources.verifies import SCAFFOLD
from adr_lsp.text import Range

if TYPE_CHECKING:
    from tree_sitter import Node


def marked(found: Collected, comments: Comments) -> tuple[Test, ...]:
    """The tests, each with the place of the scaffold line that stands in it or above it."""
    if not SCAFFOLD.search(found.code.content):
        return tuple(found.tests)
    places = list(_places(found, comments))
    return tuple(replace(test, scaffold=_of(test, places)) for test in found.tests)


def _of(test: Test, places: list[tuple[Range, frozenset[str]]]) -> Range | None:
    for place, tests in places:
        if test.name in tests or test.range.start <= place.start <= test.range.end:
            return place
    return None


def _places(found: Collected, comments: Comments) -> Iterator[tuple[Range, frozenset[str]]]:
    """Every scaffold line in a comment or text, with the tests of the place it stands at."""
    for comment in comments.found:
        if line := SCAFFOLD.search(text_of(comment.node)):
            tests = found.owned.get(comment.place, ()) if comment.place is not None else ()
            yield found.code.within(comment.node, *line.span()), frozenset(tests)
    for node in walk(found.code.root):
        content = string_content(node) if node.type == "string" else None
        if content is not None and (line := SCAFFOLD.search(text_of(content))):
            tests = found.owned.get(_place_of(found, node), ())
            yield found.code.within(content, *line.span()), frozenset(tests)


def _place_of(found: Collected, node: Node) -> int:
    """The id of the innermost definition that holds a text; the module's for its marks."""
    around = [
        definition
        for definition in definitions(found.code.root)
        if definition.outer.start_byte <= node.start_byte < definition.outer.end_byte
    ]
    if around:
        return max(around, key=lambda definition: definition.outer.start_byte).inner.id
    marks = pytestmarks(found.code.root)
    marked = any(m.start_byte <= node.start_byte < m.end_byte for m in marks)
    return found.code.root.id if marked else 0
