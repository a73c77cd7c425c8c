"""How a function of the project is called: what it takes, gives back and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.items import Impl, Item, Module, attributes, name_of, visibility
from adr_lsp.scaffold.rust.types import (
    UNIT,
    Scope,
    Type,
    inside,
    parameters_of,
)
from adr_lsp.sources.code import text_of, walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_TEXTUAL = re.compile(r"AsRef<str>|Into<String>|\bToString\b|\bDisplay\b|Borrow<str>|Into<Cow<")
_CLOSURE = re.compile(r"\bFn(?:Mut|Once)?\b")
_ITERATOR = re.compile(r"\bIntoIterator\b|\bIterator\b")
_ARITHMETIC = frozenset({"+", "-", "*", "+=", "-=", "*=", "<<", "/", "/=", "%"})
_SUMS = re.compile(r"\.(?:sum|product|fold)\b")


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Callee:
    """`receiver` is `&`, `&mut` or `self` of a method, else empty; `owner` is the type that it
    belongs to. `picked` says what the type parameters stand for."""

    name: str
    receiver: str
    parameters: tuple[Parameter, ...]
    returns: Type
    owner: Type | None
    node: Node
    module: Module
    visibility: str
    trait: str = ""
    modifiers: tuple[str, ...] = ()
    picked: tuple[tuple[str, Type], ...] = ()

    @property
    def is_async(self) -> bool:
        return "async" in self.modifiers

    @property
    def is_method(self) -> bool:
        return bool(self.receiver)

    @property
    def mutates(self) -> bool:
        """It changes its object or what it is given."""
        return self.receiver == "&mut" or any(p.type.name == "&mut" for p in self.parameters)

    @property
    def calculates(self) -> bool:
        """It computes in a way that overflows, or divides by zero, with a panic."""
        body = self.node.child_by_field_name("body")
        for node in walk(body) if body else ():
            if node.type in ("binary_expression", "compound_assignment_expr"):
                sign = node.child_by_field_name("operator")
                if sign is not None and text_of(sign) in _ARITHMETIC:
                    return True
        return self.adds_up

    @property
    def adds_up(self) -> bool:
        body = self.node.child_by_field_name("body")
        return bool(body and _SUMS.search(text_of(body)))


def function_callee(code: Code, item: Item) -> Callee:
    return _callee(code, item.node, Scope(code, item.module, {}), None)


def methods(code: Code, type_: Type) -> Iterator[Callee]:
    """The functions of a type, its own first."""
    assert type_.item is not None
    seen: set[str] = set()
    for impl in code.impls(type_.item):
        for node in impl.functions:
            name = name_of(node)
            key = f"{impl.trait}::{name}"
            if key not in seen and "cfg(test)" not in "".join(attributes(node)):
                seen.add(key)
                yield method_callee(code, type_, impl, node)


def method_callee(code: Code, owner: Type, impl: Impl, node: Node) -> Callee:
    given = inside(code, owner).bound
    named = impl.type_node and impl.type_node.child_by_field_name("type_arguments")
    names = [text_of(c) for c in named.named_children] if named else []
    names = [name for name in names if not name.startswith("'")]
    bound = dict(zip(names, owner.arguments, strict=False)) or dict(given)
    scope = Scope(code, impl.module, bound, owner)
    body = impl.node.child_by_field_name("body")
    for child in body.children if body else ():
        if child.type == "type_item":
            bound[f"Self::{name_of(child)}"] = scope.type_of(child.child_by_field_name("type"))
    return _callee(code, node, scope, owner, impl.trait)


def _callee(code: Code, node: Node, scope: Scope, owner: Type | None, trait: str = "") -> Callee:
    picked = picks(node, scope)
    scope = Scope(code, scope.module, {**scope.bound, **picked}, scope.own)
    receiver, parameters = "", []
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed else ():
        if child.type == "self_parameter":
            text = text_of(child)
            receiver = "&mut" if re.match(r"&\s*('\w+\s+)?mut\b", text) else text[0]
            receiver = "self" if receiver not in ("&mut", "&") else receiver
        elif child.type == "parameter":
            pattern = child.child_by_field_name("pattern")
            if pattern is not None and text_of(pattern) in ("self", "mut self"):
                receiver = "self"
                continue
            name = text_of(pattern) if pattern is not None else ""
            name = name if pattern is not None and pattern.type == "identifier" else "value"
            parameters.append(Parameter(name, scope.type_of(child.child_by_field_name("type"))))
    returned = node.child_by_field_name("return_type")
    words = [text_of(c) for c in node.children if c.type == "function_modifiers"]
    return Callee(
        name_of(node), receiver, tuple(parameters),
        scope.type_of(returned) if returned else UNIT, owner, node, scope.module,
        "pub" if trait else visibility(node), trait, tuple(" ".join(words).split()),
        tuple((name, chosen) for name, chosen in picked.items()),
    )  # fmt: skip


def picks(node: Node, scope: Scope) -> dict[str, Type]:
    """A type for every type parameter of a definition, by what its bounds ask."""
    bounds: dict[str, list[Node]] = {name: [] for name in parameters_of(node)}
    lengths = set()
    for child in parameter_nodes(node):
        name_node = child.child_by_field_name("name") or child.child_by_field_name("left")
        name = text_of(name_node) if name_node else ""
        if child.type == "const_parameter":
            lengths.add(name)
        listed = child.child_by_field_name("bounds")
        if listed is not None and name in bounds:
            bounds[name] += listed.named_children
    found = {name: _pick(listed, scope) for name, listed in bounds.items()}
    return {name: Type("?", (), "4") if name in lengths else t for name, t in found.items()}


def parameter_nodes(node: Node) -> Iterator[Node]:
    listed = node.child_by_field_name("type_parameters")
    yield from listed.named_children if listed else ()
    for child in node.children:
        if child.type == "where_clause":
            yield from child.named_children


def _pick(bounds: list[Node], scope: Scope) -> Type:
    text = " + ".join(text_of(bound) for bound in bounds)
    if _CLOSURE.search(text):
        return Type("fn", (), text)
    if _TEXTUAL.search(text):
        return Type("String")
    if "AsRef<[u8]>" in text:
        return Type("Vec", (Type("u8"),))
    for bound in bounds:
        if bound.type == "lifetime":
            continue
        meant = scope.of_bounds("impl", bound)
        if _ITERATOR.search(text_of(bound)) or meant.text == "Into":
            return meant
        if meant.item is not None and meant.item.kind == "trait":
            known = next(scope.code.implementors(meant.item), None)
            return Type(known.id, item=known) if known else Type("impl", (), meant.text, meant.item)
    return Type("f64") if "Float" in text else Type("i32")


def fields(code: Code, type_: Type, node: Node | None = None) -> list[tuple[Parameter, str]]:
    """The fields of a struct or of a variant, each with its visibility; `0`, `1` of a tuple."""
    assert type_.item is not None
    scope = inside(code, type_)
    body = (node or type_.item.node).child_by_field_name("body")
    found = []
    if body is not None and body.type == "field_declaration_list":
        for child in body.named_children:
            if child.type == "field_declaration":
                made = scope.type_of(child.child_by_field_name("type"))
                found.append((Parameter(name_of(child), made), visibility(child)))
    elif body is not None and body.type == "ordered_field_declaration_list":
        public = "private"
        for child in body.named_children:
            if child.type == "visibility_modifier":
                public = "pub" if text_of(child) == "pub" else "crate"
            elif not child.type.endswith(("comment", "attribute_item")):
                found.append((Parameter(str(len(found)), scope.type_of(child)), public))
                public = "private"
    return found


def variants(type_: Type) -> list[Node]:
    assert type_.item is not None
    body = type_.item.node.child_by_field_name("body")
    return [c for c in body.named_children if c.type == "enum_variant"] if body else []


def of_trait(code: Code, type_: Type, trait: str) -> Iterator[Impl]:
    if type_.item is not None:
        yield from (impl for impl in code.impls(type_.item) if impl.trait == trait)


def result_of(type_: Type) -> tuple[str, Type]:
    """`Result` or `Option` with what is inside; "" with the type itself where it is neither."""
    if type_.name in ("Result", "Option") and type_.arguments:
        return type_.name, type_.first
    if type_.name.rpartition("::")[2] == "Result" and type_.item is None and type_.arguments:
        return "Result", type_.first
    return "", type_
