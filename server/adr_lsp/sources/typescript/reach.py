"""What a TypeScript or JavaScript file consists of, and what surrounds a test in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from adr_lsp.sources.code import parse
from adr_lsp.sources.definitions.passage import LARGEST, Passage, Said, Whole, plain
from adr_lsp.sources.definitions.shape import Around, Part, Shape, Statement, joined, whole
from adr_lsp.sources.typescript.normal import (
    ERASING,
    normal,
)
from adr_lsp.sources.typescript.reach_pieces import callee, pieces
from adr_lsp.sources.typescript.reach_tests import callback, find_tests, title

if TYPE_CHECKING:
    from tree_sitter import Node

_HOISTED = frozenset({"mock", "unmock", "doMock", "hoisted", "setSystemTime"})
_SCOPES = frozenset({"program", "statement_block", "class_body", "ERROR"})


def grammar_of(path: str) -> str:
    if path.endswith((".ts", ".mts", ".cts")):
        return "typescript"
    return "tsx" if path.endswith(".tsx") else "javascript"


def root_of(path: str, raw: bytes) -> Node | None:
    """A file's tree; None for one that is too large to look into."""
    return _root(raw, grammar_of(path))


@lru_cache(maxsize=256)
def _root(raw: bytes, grammar: str) -> Node | None:
    data = plain(raw)
    return parse(data, grammar) if len(data) <= LARGEST else None


def shape_of(path: str, raw: bytes) -> Shape:
    """The shape of a file's bytes; kept for the files that were asked for last."""
    return _shape(raw, grammar_of(path))


@lru_cache(maxsize=512)
def _shape(raw: bytes, grammar: str) -> Shape:
    root = _root(raw, grammar)
    if root is None:
        return whole(Whole(raw))
    found = list(pieces(root.named_children))
    imports = [each for each in found if isinstance(each, Statement) and each.imports]
    rest = [each for each in found if isinstance(each, Statement) and not each.imports]
    return Shape(
        joined(part for part in found if isinstance(part, Part)),
        (*_sorted(imports), *rest),
        broken=root.has_error,
    )


def _sorted(imports: list[Statement]) -> list[Statement]:
    """Imports that bind names, in an order of their own; the others stay where they are."""
    kept: list[Statement] = []
    run: list[Statement] = []
    for each in imports:
        if each.binds:
            run.append(each)
        else:
            kept += [*sorted(run, key=lambda one: one.said.digest), each]
            run = []
    return [*kept, *sorted(run, key=lambda one: one.said.digest)]


def around(path: str, raw: bytes, name: str) -> Around | None:
    """A test in its file; None if the file holds no such test."""
    return _around(raw, grammar_of(path), name)


@lru_cache(maxsize=512)
def _around(raw: bytes, grammar: str, name: str) -> Around | None:
    root = _root(raw, grammar)
    tests = find_tests(root, name) if root is not None else []
    if root is None or not tests:
        return None
    own: list[tuple[str, bool, Said]] = []
    found: list[Part | Statement] = [*_hoisted(root)]
    loading: list[Said] = []
    scopes: set[int] = set()
    for test in tests:
        for scope, inner, hole in _chain(test):
            said = Passage([inner], ERASING, [hole] if hole is not None else [])
            shown = name if hole is None else _shown(inner) or name
            own.append((shown.replace("::", " > "), False, said))
            loading.append(Passage([inner], ERASING, [hole] if hole is not None else _later(inner)))
            if scope.id not in scopes:
                scopes.add(scope.id)
                found += pieces(child for child in scope.named_children if child != inner)
    return Around(
        tuple(own),
        tuple(part for part in found if isinstance(part, Part)),
        tuple(s for s in found if isinstance(s, Statement) and not s.testing),
        tuple(loading),
    )


def own_definition(root: Node, name: str) -> list[str] | None:
    """The words of the test's own call, wherever it stands."""
    tests = find_tests(root, name)
    return [word for test in tests for word in normal(test, frozenset())] if tests else None


def _chain(test: Node) -> list[tuple[Node, Node, Node | None]]:
    """From the file inwards: each scope around the test, its statement that holds the test, and
    the scope inside that statement (None for the last)."""
    found: list[tuple[Node, Node, Node | None]] = []
    inside: Node | None = None
    node = test
    while node.parent is not None:
        if node.parent.type in _SCOPES:
            found.append((node.parent, node, inside))
            inside = node.parent
        node = node.parent
    return found[::-1]


def _shown(statement: Node) -> str | None:
    """`money` of `describe("money", …)`."""
    call = statement.named_children[0] if statement.named_children else None
    return title(call) if call is not None and call.type == "call_expression" else None


def _later(statement: Node) -> list[Node]:
    """The function that a test's call runs later."""
    call = statement.named_children[0] if statement.named_children else None
    function = callback(call) if call is not None and call.type == "call_expression" else None
    body = function.child_by_field_name("body") if function is not None else None
    return [body] if body is not None else []


def _hoisted(root: Node) -> Iterator[Statement]:
    """`vi.mock` and the like act on the whole file wherever they stand."""
    if not any(word in (root.text or b"") for word in (b"vi.", b"jest.", b"mock.")):
        return
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "call_expression" and callee(node)[-1:] and _is_hoisted(node):
            yield Statement(Passage([node], ERASING), acts=True)
        stack.extend(reversed(node.named_children))


def _is_hoisted(call: Node) -> bool:
    path = callee(call)
    return len(path) > 1 and path[0] in ("vi", "jest", "mock") and path[-1] in _HOISTED
