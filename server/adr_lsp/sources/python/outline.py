"""The definitions of a Python file that stand in its module or class scopes, and its imports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import text_of
from adr_lsp.sources.python.syntax import COMPOUND, dotted
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or class. `outer` holds its decorators too; `scope` are the enclosing classes."""

    outer: Node
    inner: Node
    name: str
    scope: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.scope, self.name)

    @property
    def is_class(self) -> bool:
        return self.inner.type == "class_definition"

    @property
    def name_node(self) -> Node:
        return self.inner.child_by_field_name("name") or self.inner

    @property
    def body(self) -> Node | None:
        return self.inner.child_by_field_name("body")

    @property
    def decorators(self) -> list[Node]:
        """The expressions behind each `@`."""
        found = [c for c in self.outer.children if c.type == "decorator"]
        return [d.named_children[0] for d in found if d.named_children]

    @property
    def bases(self) -> list[str]:
        """The classes it names as its bases, as written; a subscript is left out."""
        listed = self.inner.child_by_field_name("superclasses")
        named = listed.named_children if listed else []
        plain = [n.child_by_field_name("value") if n.type == "subscript" else n for n in named]
        return [base for base in map(dotted, plain) if base]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name. `module` is dotted, with a leading dot per level; `attribute` is None
    for the module itself and `*` for all; `bound` is the name it gets here."""

    bound: str
    module: str
    attribute: str | None


def own_statements(scope: Node) -> Iterator[Node]:
    """Every statement of a module or block, also those inside `if`, `try`, `with` and loops."""
    stack = list(reversed(scope.named_children))
    while stack:
        node = stack.pop()
        if node.type in COMPOUND:
            stack.extend(reversed(node.named_children))
        elif node.type != "comment":
            yield node


def definitions(scope: Node, path: tuple[str, ...] = ()) -> Iterator[Definition]:
    """Functions and classes of the scope and of the classes in it, each class before its own."""
    stack = [(scope, path)]
    while stack:
        scope, path = stack.pop()
        for definition in members(scope, path):
            yield definition
            if definition.is_class and definition.body:
                stack.append((definition.body, definition.path))


def members(scope: Node, path: tuple[str, ...] = ()) -> Iterator[Definition]:
    """The functions and classes that stand in the scope itself."""
    return (d for node in own_statements(scope) if (d := _definition(node, path)))


def last_bindings(scope: Node, path: tuple[str, ...] = ()) -> dict[str, Definition | Node]:
    """What each name of the scope means at its end: a definition, or an assignment to it."""
    bound: dict[str, Definition | Node] = {}
    for node in own_statements(scope):
        definition = _definition(node, path)
        if definition:
            bound.pop(definition.name, None)
            bound[definition.name] = definition
        elif node.type == "expression_statement":
            bound.update((name, assignment) for name, assignment in _assigned(node))
    return bound


def assignments(scope: Node) -> Iterator[Node]:
    """Every assignment among the scope's own statements."""
    for node in own_statements(scope):
        if node.type == "expression_statement":
            yield from (child for child in node.named_children if child.type == "assignment")


def pytestmarks(scope: Node) -> Iterator[Node]:
    """What the scope assigns to `pytestmark`."""
    for assignment in assignments(scope):
        left, right = (assignment.child_by_field_name(side) for side in ("left", "right"))
        if left is not None and right is not None and text_of(left) == "pytestmark":
            yield right


def _assigned(statement: Node) -> Iterator[tuple[str, Node]]:
    for assignment in statement.named_children:
        left = assignment.child_by_field_name("left")
        if assignment.type == "assignment" and left and left.type == "identifier":
            yield text_of(left), assignment


def _definition(node: Node, scope: tuple[str, ...]) -> Definition | None:
    inner = node
    if node.type == "decorated_definition":
        inner = node.child_by_field_name("definition") or node
    if inner.type not in ("function_definition", "class_definition"):
        return None
    name = inner.child_by_field_name("name")
    return Definition(node, inner, text_of(name), scope) if name and name.text else None


def imports(scope: Node) -> Iterator[Import]:
    """What the scope's own statements import, in source order."""
    for node in own_statements(scope):
        yield from imported(node)


def imported(node: Node) -> Iterator[Import]:
    """What one statement imports."""
    if node.type == "import_statement":
        for name in node.children_by_field_name("name"):
            yield _whole_module(name)
    elif node.type in ("import_from_statement", "future_import_statement"):
        source = node.child_by_field_name("module_name")
        module = "".join(text_of(source).split()) if source else "__future__"
        for name in node.children_by_field_name("name"):
            attribute, bound = _name_and_alias(name)
            yield Import(bound, module, attribute)
        if any(child.type == "wildcard_import" for child in node.children):
            yield Import("*", module, "*")


def _whole_module(name: Node) -> Import:
    module, bound = _name_and_alias(name)
    if name.type == "aliased_import":
        return Import(bound, module, None)
    return Import(module.partition(".")[0], module, None)


def _name_and_alias(name: Node) -> tuple[str, str]:
    if name.type != "aliased_import":
        plain = "".join(text_of(name).split())
        return plain, plain
    real, alias = name.child_by_field_name("name"), name.child_by_field_name("alias")
    plain = "".join(text_of(real).split()) if real else ""
    return plain, text_of(alias) if alias else plain


def meanings(scope: Node) -> dict[str, str]:
    """What each imported name stands for: `{"given": "hypothesis.given", "st": …}`."""
    found: dict[str, str] = {}
    for item in imports(scope):
        if item.attribute is None:
            plain = item.bound == item.module.partition(".")[0]
            found[item.bound] = item.bound if plain else item.module
        elif item.attribute != "*":
            found[item.bound] = f"{item.module}.{item.attribute}"
    return found


def meaning(name: str | None, names: dict[str, str]) -> str:
    """A dotted name with its first part replaced by what it was imported as."""
    first, dot, rest = (name or "").partition(".")
    return names.get(first, first) + dot + rest
