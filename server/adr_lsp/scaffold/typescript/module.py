"""One module of TypeScript or JavaScript: what it declares, imports and exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as with_default
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.jsdoc import typedefs
from adr_lsp.scaffold.typescript.syntax import (
    CLASSES,
    FUNCTIONS,
    field,
    has,
    named,
    said,
    string,
    tree,
    unwrapped,
)
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPES = {
    "interface_declaration": "interface",
    "type_alias_declaration": "alias",
    "enum_declaration": "enum",
}


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """`kind` is function, class, object, interface, alias, enum or value; `node` is what is
    defined: for `const f = () => 1` the arrow."""

    kind: str
    name: str
    path: str
    node: Node

    @property
    def key(self) -> str:
        return f"{self.path}#{self.name}"


@dataclass(slots=True, eq=False)
class Module:
    """`imports` has local name → (specifier, name there); `exports` the exported name → (specifier
    or "", name there); `stars` the specifiers of which everything is exported."""

    path: str
    root: Node
    declared: dict[str, Definition] = with_default(default_factory=dict)
    imports: dict[str, tuple[str, str]] = with_default(default_factory=dict)
    exports: dict[str, tuple[str, str]] = with_default(default_factory=dict)
    stars: list[str] = with_default(default_factory=list)
    is_commonjs: bool = False

    def exported_as(self, local: str) -> str | None:
        """The name under which a declaration of this module is exported."""
        found = [name for name, target in self.exports.items() if target == ("", local)]
        return local if local in found else next(iter(found), None)


def module_of(path: str, content: str) -> Module:
    """The module as read, however broken it is."""
    made = Module(path, tree(path, content))
    for node in named(made.root):
        _statement(made, node)
    for node in made.root.children:
        if node.type == "comment" and "@typedef" in said(node):
            for name, declared in typedefs(said(node)):
                made.declared.setdefault(name, Definition("alias", name, path, declared))
                made.exports.setdefault(name, ("", name))
    return made


def _statement(module: Module, node: Node) -> None:
    if node.type == "import_statement":
        _import(module, node)
    elif node.type == "export_statement":
        _export(module, node)
    elif node.type == "expression_statement":
        _commonjs(module, next(named(node), None))
    else:
        for definition in _declared(module.path, node):
            module.declared.setdefault(definition.name, definition)
        _required(module, node)


def _declared(path: str, node: Node) -> Iterator[Definition]:
    if node.type == "ambient_declaration":
        for child in named(node):
            yield from _declared(path, child)
    name = said(field(node, "name"))
    if node.type in FUNCTIONS:
        yield Definition("function", name, path, node)
    elif node.type in CLASSES:
        yield Definition("class", name, path, node)
    elif node.type in _TYPES:
        yield Definition(_TYPES[node.type], name, path, node)
    elif node.type in ("lexical_declaration", "variable_declaration"):
        for declarator in named(node):
            if declarator.type == "variable_declarator":
                yield defined(said(field(declarator, "name")), path, declarator)


def defined(name: str, path: str, node: Node) -> Definition:
    """What a value is: a function, perhaps wrapped by one; a class; an object; anything else."""
    value = unwrapped(field(node, "value") or node)
    if value is not None and value.type == "call_expression":
        wrapped = next(named(field(value, "arguments")), None)
        if wrapped is not None and wrapped.type in FUNCTIONS:
            value = wrapped
    if value is not None and value.type in FUNCTIONS:
        return Definition("function", name, path, value)
    if value is not None and value.type in CLASSES:
        return Definition("class", name, path, value)
    if value is not None and value.type == "object":
        return Definition("object", name, path, value)
    return Definition("value", name, path, node)


def _import(module: Module, node: Node) -> None:
    source = string(field(node, "source"))
    clause = next((c for c in named(node) if c.type == "import_clause"), None)
    for part in named(clause):
        if part.type == "identifier":
            module.imports[said(part)] = (source, "default")
        elif part.type == "namespace_import":
            module.imports[said(next(named(part), None))] = (source, "*")
        elif part.type == "named_imports":
            for item in named(part):
                name = said(field(item, "name"))
                module.imports[said(field(item, "alias")) or name] = (source, name)


def _export(module: Module, node: Node) -> None:
    source = string(field(node, "source"))
    clause = next((c for c in named(node) if c.type == "export_clause"), None)
    if clause is not None:
        for item in named(clause):
            name = said(field(item, "name"))
            module.exports[said(field(item, "alias")) or name] = (source, name)
    elif source:
        space = next((c for c in named(node) if c.type == "namespace_export"), None)
        if space is None:
            module.stars.append(source)
        return
    declaration = field(node, "declaration")
    value = field(node, "value")
    if declaration is not None:
        for definition in _declared(module.path, declaration):
            name = definition.name or "default"
            module.declared.setdefault(name, definition)
            module.exports["default" if has(node, "default") else name] = ("", name)
    elif value is not None and value.type == "identifier":
        module.exports["default"] = ("", said(value))
    elif value is not None:
        module.declared["default"] = defined("default", module.path, value)
        module.exports["default"] = ("", "default")


def _required(module: Module, node: Node) -> None:
    """`const { a } = require("./b")`."""
    for declarator in named(node):
        value = field(declarator, "value") if declarator.type == "variable_declarator" else None
        called = field(value, "function") if value is not None else None
        if called is None or said(called) != "require":
            continue
        source = string(next(named(field(value, "arguments")), None))
        name = field(declarator, "name")
        module.is_commonjs = True
        if name is not None and name.type == "object_pattern":
            for part in named(name):
                module.imports[_bound(part)] = (source, said(field(part, "key")) or said(part))
        else:
            module.imports[said(name)] = (source, "*")
            module.declared.pop(said(name), None)


def _bound(part: Node) -> str:
    return said(field(part, "value")) or said(part)


def _commonjs(module: Module, node: Node | None) -> None:
    """`module.exports = { a, b: c }`, `exports.a = …`, `module.exports = f`."""
    if node is None or node.type != "assignment_expression":
        return
    left, right = said(field(node, "left")), unwrapped(field(node, "right"))
    base, _, name = left.rpartition(".")
    if right is None or not (left == "module.exports" or base in ("exports", "module.exports")):
        return
    module.is_commonjs = True
    if left != "module.exports":
        _assigned(module, name, right)
    elif right.type == "object":
        for part in named(right):
            if part.type == "shorthand_property_identifier":
                module.exports[said(part)] = ("", said(part))
            elif part.type == "pair":
                value = field(part, "value")
                _assigned(module, said(field(part, "key")), value if value is not None else part)
            elif part.type == "method_definition":
                _assigned(module, said(field(part, "name")), part)
    else:
        _assigned(module, "default", right)


def _assigned(module: Module, name: str, value: Node) -> None:
    if value.type == "identifier":
        module.exports[name] = ("", said(value))
        return
    module.declared.setdefault(name, defined(name, module.path, value))
    module.exports[name] = ("", name)
