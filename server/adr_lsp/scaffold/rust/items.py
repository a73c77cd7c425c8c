"""What a Rust file declares: items by module, what is used where, and implementations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.sources.code import parse, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_KINDS = {
    "function_item": "function",
    "function_signature_item": "function",
    "struct_item": "struct",
    "enum_item": "enum",
    "union_item": "union",
    "trait_item": "trait",
    "type_item": "alias",
    "const_item": "constant",
    "static_item": "constant",
}
_DERIVE = re.compile(r"derive\s*\(([^)]*)\)")


class Crate:
    """A library or a program: the name that other crates use, and the file it begins with."""

    def __init__(self, name: str, folder: str, root_path: str, is_library: bool) -> None:
        self.name = name
        self.folder = folder
        self.root_path = root_path
        self.is_library = is_library
        self.modules: list[Module] = []

    @property
    def root(self) -> Module:
        return self.modules[0]


class Module:
    """A module: a file, or a block inside one. `tested` stands under `#[cfg(test)]`."""

    def __init__(
        self, crate: Crate, path: tuple[str, ...], file: str, node: Node, parent: Module | None
    ) -> None:
        self.crate, self.path, self.file, self.node, self.parent = crate, path, file, node, parent
        self.visibility = "pub"
        self.tested = False
        self.items: dict[str, Item] = {}
        self.uses: list[Use] = []
        self.globs: list[Use] = []
        self.children: dict[str, Module] = {}
        self.impls: list[Impl] = []

    @property
    def is_file(self) -> bool:
        return self.node.type == "source_file"


class Item:
    """A definition. `traits` are those that it derives; `owner` is the type of a method."""

    def __init__(self, kind: str, name: str, node: Node, module: Module) -> None:
        self.kind, self.name, self.node, self.module = kind, name, node, module
        self.visibility = visibility(node)
        self.attributes = attributes(node)
        names = (name for text in self.attributes for name in _DERIVE.findall(text))
        self.traits = {t.strip().rpartition(":")[2] for part in names for t in part.split(",")}

    @property
    def id(self) -> str:
        return "::".join((self.module.crate.name, *self.module.path, self.name))


class Use:
    """`use path as name;`, one for every name of a list."""

    def __init__(self, path: tuple[str, ...], name: str, public: str, node: Node) -> None:
        self.path, self.name, self.visibility, self.node = path, name, public, node


class Impl:
    """`impl Trait for Type`; `trait` is empty for the type's own."""

    def __init__(self, node: Node, module: Module) -> None:
        self.node, self.module = node, module
        trait = node.child_by_field_name("trait")
        self.trait_node = trait
        self.type_node = node.child_by_field_name("type")
        self.trait = text_of(trait).partition("<")[0].rpartition("::")[2] if trait else ""

    @property
    def functions(self) -> Iterator[Node]:
        body = self.node.child_by_field_name("body")
        for child in body.children if body else ():
            if child.type in ("function_item", "function_signature_item"):
                yield child


def visibility(node: Node) -> str:
    """`pub`, `crate` for all between, `private`."""
    found = next((c for c in node.children if c.type == "visibility_modifier"), None)
    if found is None:
        return "private"
    text = text_of(found)
    return "pub" if text == "pub" else "private" if "self" in text else "crate"


def attributes(node: Node) -> list[str]:
    """The texts of the attributes above a node."""
    found = []
    above = node.prev_sibling
    while above is not None and above.type in ("attribute_item", "line_comment", "block_comment"):
        if above.type == "attribute_item":
            found.append(text_of(above))
        above = above.prev_sibling
    return found


def name_of(node: Node) -> str:
    name = node.child_by_field_name("name")
    return text_of(name).removeprefix("r#") if name else ""


def fill(module: Module) -> Iterator[tuple[Module, str, Node]]:
    """Read what stands in a module; gives each module that stands in a file of its own, with the
    one that declares it."""
    body = module.node.child_by_field_name("body") or module.node
    for node in body.children:
        if node.type in _KINDS:
            name = name_of(node)
            module.items.setdefault(name, Item(_KINDS[node.type], name, node, module))
        elif node.type == "use_declaration":
            _used(module, node)
        elif node.type == "impl_item":
            module.impls.append(Impl(node, module))
        elif node.type == "mod_item" and node.child_by_field_name("body"):
            yield from fill(child_of(module, name_of(node), module.file, node, node))
        elif node.type == "mod_item":
            yield module, name_of(node), node


def child_of(module: Module, name: str, file: str, node: Node, declared: Node) -> Module:
    child = Module(module.crate, (*module.path, name), file, node, module)
    child.visibility = visibility(declared)
    conditions = "".join(attributes(declared))
    child.tested = module.tested or bool(re.search(r"cfg\s*\(\s*test\s*\)", conditions))
    module.children[name] = child
    module.crate.modules.append(child)
    return child


def _used(module: Module, node: Node) -> None:
    argument = node.child_by_field_name("argument")
    public = visibility(node)
    for path, name in names_used(argument) if argument else ():
        found = Use(path, name, public, node)
        (module.globs if name == "*" else module.uses).append(found)


def names_used(node: Node, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each path of a `use`, with the name that it binds; `*` for all."""
    if node.type in ("identifier", "crate", "super", "scoped_identifier", "self", "metavariable"):
        path = (*above, *parts(text_of(node)))
        path = path[:-1] if path[-1] == "self" and len(path) > 1 else path
        yield path, path[-1]
    elif node.type == "use_as_clause":
        path_node, alias = node.child_by_field_name("path"), node.child_by_field_name("alias")
        if path_node and alias:
            path = (*above, *parts(text_of(path_node)))
            yield (path[:-1] if path[-1] == "self" and len(path) > 1 else path), text_of(alias)
    elif node.type == "use_wildcard":
        path = parts(text_of(node).removesuffix("*").rstrip(": "))
        yield (*above, *path), "*"
    elif node.type in ("use_list", "scoped_use_list"):
        path_node = node.child_by_field_name("path")
        here = (*above, *parts(text_of(path_node))) if path_node else above
        for child in node.named_children:
            if child is not path_node and child != path_node:
                yield from names_used(child, here)


def parts(path: str) -> tuple[str, ...]:
    """`a::b` as its names."""
    plain = re.sub(r"<.*", "", path, flags=re.DOTALL)
    return tuple(p.strip().removeprefix("r#") for p in plain.split("::") if p.strip())


def parsed(raw: bytes) -> Node:
    return parse(raw, "rust")
