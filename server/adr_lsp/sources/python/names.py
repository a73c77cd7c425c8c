"""Which names a piece of Python code takes from around it, and which of them it calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of, walk
from adr_lsp.sources.python.outline import Import, imported
from adr_lsp.sources.python.syntax import dotted, string_content
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = ("function_definition", "lambda")
_COMPREHENSIONS = (
    "list_comprehension",
    "set_comprehension",
    "dictionary_comprehension",
    "generator_expression",
)
_TARGETS = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"})
_IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
_NAMING_FIXTURES = ("usefixtures", "getfixturevalue", "lazy_fixture", "lf")
_DEEPEST = 60  # scopes within scopes; below, names count as if they were of the last one


@dataclass(slots=True)
class Names:
    """Dotted names (`st.integers`, `self.ledger.add`). `imports` are those that the code makes
    for itself; `fixtures` the fixtures that it asks for in texts."""

    uses: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    imports: set[Import] = field(default_factory=set)
    fixtures: set[str] = field(default_factory=set)
    _bound: set[str] = field(default_factory=set)
    _free: set[str] = field(default_factory=set)

    def add(self, other: Names) -> None:
        self.uses |= other.uses
        self.calls |= other.calls
        self.imports |= other.imports
        self.fixtures |= other.fixtures

    def close(self) -> None:
        """Drops the names that a function binds for itself; `self` leads to the class."""
        own = self._bound - self._free - {"self", "cls"}
        self.uses = {name for name in self.uses if name.partition(".")[0] not in own}
        self.calls &= self.uses


def names_in(*nodes: Node | None) -> Names:
    """The names of code in a module's or class's own scope."""
    found = Names()
    for node in nodes:
        if node is not None:
            _collect(node, found, 0)
    return found


def names_in_body(function: Node) -> Names:
    """The names that a function's body takes from around it."""
    found = Names()
    _parameters(function, found)
    body = function.child_by_field_name("body")
    if body is not None:
        _collect(body, found, 0)
    found.close()
    return found


def parameters(function: Node) -> tuple[str, ...]:
    """The names of a function's parameters."""
    found = Names()
    _parameters(function, found)
    return tuple(sorted(found._bound))


def _collect(node: Node, found: Names, depth: int) -> None:
    stack = [node]
    while stack:
        top = stack.pop()
        if depth < _DEEPEST and top is not node and top.type in (*_FUNCTIONS, *_COMPREHENSIONS):
            found.add(_nested(top, found, depth + 1))
        else:
            stack.extend(_look(top, found))


def _nested(scope: Node, around: Names, depth: int) -> Names:
    found = Names()
    if scope.type == "function_definition":
        around._bound.add(_field_text(scope, "name"))
    if scope.type in _FUNCTIONS:
        _parameters(scope, found)
        listed = scope.child_by_field_name("parameters")
        for default in _outside(listed):
            _collect(default, around, depth)
        for part in (scope.child_by_field_name("return_type"),):
            if part is not None:
                _collect(part, around, depth)
        body = scope.child_by_field_name("body")
        if body is not None:
            _collect(body, found, depth)
    else:
        _collect(scope, found, depth)
    found.close()
    return found


def _look(node: Node, found: Names) -> list[Node]:
    """Notes what one node names; gives the nodes below it that are still to be looked at."""
    kind = node.type
    if kind in ("identifier", "attribute"):
        return _name(node, found)
    if kind == "call":
        _call(node, found)
    elif kind == "keyword_argument":
        return _fields(node, "value")
    elif kind in ("assignment", "for_statement", "for_in_clause", "augmented_assignment"):
        return _binding(node, found, "left")
    elif kind == "named_expression":
        return _binding(node, found, "name")
    elif kind == "as_pattern_target":
        return _targets(node, found)
    elif kind in ("global_statement", "nonlocal_statement"):
        found._free.update(text_of(child) for child in node.named_children)
        return []
    elif kind in _IMPORTS:
        found.imports.update(imported(node))
        return []
    elif kind in ("function_definition", "class_definition"):
        found._bound.add(_field_text(node, "name"))
        return [c for c in node.named_children if c != node.child_by_field_name("name")]
    elif kind == "decorator" and node.named_children:
        _note(dotted(node.named_children[0]), found.calls)
    elif kind == "keyword_pattern":
        return node.named_children[1:]
    return node.named_children


def _name(node: Node, found: Names) -> list[Node]:
    name = dotted(node)
    if name:
        found.uses.add(name)
        return []
    return _fields(node, "object")


def _call(node: Node, found: Names) -> None:
    name = dotted(node.child_by_field_name("function"))
    _note(name, found.calls)
    if (name or "").rpartition(".")[2] in _NAMING_FIXTURES:
        for inner in walk(node):
            content = string_content(inner) if inner.type == "string" else None
            if content is not None:
                found.fixtures.add(text_of(content))


def _note(name: str | None, into: set[str]) -> None:
    if name:
        into.add(name)


def _fields(node: Node, *names: str) -> list[Node]:
    return [child for name in names if (child := node.child_by_field_name(name)) is not None]


def _field_text(node: Node, name: str) -> str:
    child = node.child_by_field_name(name)
    return text_of(child) if child is not None else ""


def _binding(node: Node, found: Names, target: str) -> list[Node]:
    """The target's plain names are bound; all else, and what an attribute hangs on, is used."""
    left = node.child_by_field_name(target)
    rest = [child for child in node.named_children if child != left]
    if left is None:
        return rest
    if node.type == "augmented_assignment":
        rest.append(left)
    return [*rest, *_targets(left, found)]


def _targets(target: Node, found: Names) -> list[Node]:
    rest: list[Node] = []
    stack = [target]
    while stack:
        node = stack.pop()
        if node.type == "identifier":
            found._bound.add(text_of(node))
        elif node.type in _TARGETS or (node is target and node.type == "as_pattern_target"):
            stack.extend(node.named_children)
        else:
            rest.append(node)
    return rest


def bound_by(statement: Node) -> Iterator[str]:
    """The names that a module-level statement binds, in an order of its own."""
    found = Names()
    _collect(statement, found, 0)
    yield from sorted(found._bound | {item.bound for item in found.imports})


def _parameters(function: Node, found: Names) -> None:
    listed = function.child_by_field_name("parameters")
    for parameter in listed.named_children if listed is not None else ():
        name = parameter.child_by_field_name("name") or parameter
        while name.type != "identifier" and name.named_children:
            name = name.named_children[0]
        if name.type == "identifier":
            found._bound.add(text_of(name))


def _outside(listed: Node | None) -> Iterator[Node]:
    """Defaults and annotations, which stand in the scope around the function."""
    for parameter in listed.named_children if listed is not None else ():
        for part in ("value", "type"):
            child = parameter.child_by_field_name(part)
            if child is not None:
                yield child
