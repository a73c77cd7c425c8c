"""Types as a scaffold needs them: names resolved, generics filled in, fields known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.syntax import field, has, named, said, string, unwrapped
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 12
_NAMED = ("type_identifier", "nested_type_identifier", "generic_type", "identifier")
_MADE = {"array_type": "array", "tuple_type": "tuple", "rest_type": "rest",
         "intersection_type": "&"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """`name` is a built-in type, `path#Name` for one of the project, or one of: `|` `&` `array`
    `tuple` `rest` `optional` `object` `function` `literal` `template` `?` (not known).

    `literal` is the source of a literal; `fields` are those of an object.
    """

    name: str
    arguments: tuple[Hint, ...] = ()
    literal: str = ""
    fields: tuple[Field, ...] = ()

    @property
    def is_own(self) -> bool:
        """It is defined in the project."""
        return "#" in self.name

    @property
    def short(self) -> str:
        return self.name.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    hint: Hint
    optional: bool = False


UNKNOWN = Hint("?")
NUMBER, STRING, BOOLEAN = Hint("number"), Hint("string"), Hint("boolean")
NOTHING = (Hint("undefined"), Hint("null"), Hint("void"))
Bound = Mapping[str, Hint]


class Types:
    """Reads the types of one project."""

    def __init__(self, code: Code) -> None:
        self.code = code

    def of(self, node: Node | None, path: str, bound: Bound | None = None, depth: int = 0) -> Hint:
        """A type as written in the module at `path`; `bound` are the type parameters there."""
        bound = bound or {}
        if node is None or depth > _DEEPEST:
            return UNKNOWN
        if node.type in _NAMED:
            return self._reference(node, path, bound, depth)
        if node.type in ("object_type", "interface_body"):
            return self._object(node, path, bound, depth)
        if node.type == "function_type":
            returns = field(node, "return_type")
            return Hint("function", (self.of(returns, path, bound, depth + 1),))
        if node.type in (
            "required_parameter",
            "optional_parameter",
        ):  # the names of a tuple's parts
            found = self.of(field(node, "type"), path, bound, depth + 1)
            return Hint("optional", (found,)) if node.type[0] == "o" else found
        if node.type == "type_query":
            return self._value_type(next(named(node), None), path)
        inner = [self.of(child, path, bound, depth + 1) for child in named(node)]
        return self._composed(node, inner)

    def _composed(self, node: Node, inner: list[Hint]) -> Hint:
        """A type that is made of others."""
        first = inner[0] if inner else UNKNOWN
        match node.type:
            case "type_annotation" | "parenthesized_type" | "readonly_type" | "template_type":
                return first
            case "optional_type":
                return Hint("optional", (first,))
            case "predefined_type":
                return Hint(said(node))
            case "literal_type":
                return _literal(next(named(node), None))
            case "array_type" | "tuple_type" | "rest_type" | "intersection_type":
                return Hint(_MADE[node.type], tuple(inner))
            case "union_type":
                return union(inner)
            case "template_literal_type":
                parts = zip(named(node), inner, strict=True)
                held = tuple(hint for part, hint in parts if part.type == "template_type")
                return Hint("template", held, said(node))
            case "type_predicate_annotation" | "type_predicate":
                return BOOLEAN
            case "asserts_annotation":
                return Hint("void")
            case "index_type_query":
                return self._keys(first)
            case "lookup_type":
                return self._looked_up(inner)
        return UNKNOWN

    def _object(self, node: Node, path: str, bound: Bound, depth: int) -> Hint:
        fields, index = [], ()
        for part in named(node):
            name = said(field(part, "name")).strip("\"'")
            if part.type == "property_signature":
                hint = self.of(field(part, "type"), path, bound, depth + 1)
                fields.append(Field(name, hint, has(part, "?")))
            elif part.type == "method_signature":
                returns = self.of(field(part, "return_type"), path, bound, depth + 1)
                fields.append(Field(name, Hint("function", (returns,)), has(part, "?")))
            elif part.type == "index_signature":
                key = self.of(field(part, "index_type"), path, bound, depth + 1)
                value = self.of(field(part, "type"), path, bound, depth + 1)
                index = (key, value)  # type: ignore[assignment]
        return Hint("object", index, fields=tuple(fields))

    def _reference(self, node: Node, path: str, bound: Bound, depth: int) -> Hint:
        name = said(field(node, "name")) if node.type == "generic_type" else said(node)
        written = next((c for c in named(node) if c.type == "type_arguments"), None)
        arguments = tuple(self.of(a, path, bound, depth + 1) for a in named(written))
        if name in bound:
            return bound[name]
        definition = self.code.lookup(path, name)
        if definition is not None:
            return Hint(definition.key, arguments)
        return _built_in(name, arguments)

    def definition(self, hint: Hint) -> Definition | None:
        """The interface, alias, class or enum that a type names."""
        if not hint.is_own:
            return None
        path, _, name = hint.name.rpartition("#")
        module = self.code.module(path)
        return module.declared.get(name) if module else None

    def bound(self, definition: Definition, arguments: tuple[Hint, ...]) -> dict[str, Hint]:
        """The type parameters of a definition: as given, else what they extend, else numbers."""
        found: dict[str, Hint] = {}
        parameters = field(definition.node, "type_parameters")
        for place, parameter in enumerate(named(parameters)):
            name = said(field(parameter, "name"))
            if place < len(arguments):
                found[name] = arguments[place]
                continue
            limit = next(named(field(parameter, "constraint")), None)
            fallback = next(named(field(parameter, "value")), None)
            chosen = limit if limit is not None else fallback
            found[name] = self.of(chosen, definition.path, found) if chosen is not None else NUMBER
            if found[name].name in ("unknown", "any"):
                found[name] = NUMBER
        return found

    def expanded(self, hint: Hint, depth: int = 0) -> Hint:
        """A type with its aliases and utilities worked out; a class or an enum stays itself."""
        if depth > _DEEPEST:
            return UNKNOWN
        definition = self.definition(hint)
        if definition is not None and definition.kind == "alias":
            bound = self.bound(definition, hint.arguments)
            inside = self.of(field(definition.node, "value"), definition.path, bound)
            return self.expanded(inside, depth + 1)
        if definition is not None and definition.kind == "interface":
            return self._interface(definition, hint.arguments, depth)
        if hint.name == "&":
            return self._intersection(hint, depth)
        if hint.name in _UTILITIES and hint.arguments:
            return self._utility(hint, depth)
        return hint

    def _interface(self, definition: Definition, given: tuple[Hint, ...], depth: int) -> Hint:
        bound = self.bound(definition, given)
        body = field(definition.node, "body")
        own = self.of(body, definition.path, bound)
        fields = {each.name: each for each in own.fields}
        clauses = (c for c in named(definition.node) if c.type == "extends_type_clause")
        for above in (each for clause in clauses for each in named(clause)):
            inherited = self.expanded(self.of(above, definition.path, bound), depth + 1)
            fields = {each.name: each for each in inherited.fields} | fields
        return Hint("object", own.arguments, fields=tuple(fields.values()))

    def _intersection(self, hint: Hint, depth: int) -> Hint:
        """Objects together; a primitive with a brand is the primitive."""
        parts = [self.expanded(part, depth + 1) for part in hint.arguments]
        plain = next((part for part in parts if part.name in _PRIMITIVE), None)
        if plain:
            return plain
        if all(part.name == "object" for part in parts):
            fields = {each.name: each for part in parts for each in part.fields}
            return Hint("object", parts[0].arguments, fields=tuple(fields.values()))
        return UNKNOWN

    def _utility(self, hint: Hint, depth: int) -> Hint:
        first = self.expanded(hint.arguments[0], depth + 1)
        names = set(_names(hint.arguments[1])) if len(hint.arguments) > 1 else set()
        match hint.name:
            case "Partial" | "Required":
                fields = (Field(f.name, f.hint, hint.name == "Partial") for f in first.fields)
                return Hint(first.name, first.arguments, fields=tuple(fields))
            case "Pick":
                return Hint("object", fields=tuple(f for f in first.fields if f.name in names))
            case "Omit":
                return Hint("object", fields=tuple(f for f in first.fields if f.name not in names))
            case "NonNullable":
                return union([part for part in _branches(first) if part not in NOTHING])
            case "Exclude" | "Extract":
                listed = _branches(self.expanded(hint.arguments[1], depth + 1))
                keep = hint.name == "Extract"
                return union([part for part in _branches(first) if (part in listed) == keep])
            case "Awaited" | "Promise" if first.name == "Promise":
                return self.expanded(first.arguments[0], depth + 1)
            case "Record":
                keys = [part for part in _branches(first) if part.name == "literal"]
                if keys and len(hint.arguments) > 1:
                    named_keys = (string_of(key.literal) for key in keys)
                    fields = (Field(name, hint.arguments[1]) for name in named_keys)
                    return Hint("object", fields=tuple(fields))
                return hint
        return first if hint.name in ("Readonly", "Awaited", "NoInfer") else hint

    def _keys(self, hint: Hint) -> Hint:
        fields = self.expanded(hint).fields
        return union([Hint("literal", literal=f'"{each.name}"') for each in fields])

    def _looked_up(self, inner: list[Hint]) -> Hint:
        """`Item["price"]`, `(typeof KINDS)[number]`."""
        if len(inner) != 2:
            return UNKNOWN
        whole = self.expanded(inner[0])
        if inner[1] == NUMBER and whole.name in ("array", "tuple"):
            return union(list(whole.arguments))
        names = set(_names(inner[1]))
        return union([each.hint for each in whole.fields if each.name in names])

    def _value_type(self, node: Node | None, path: str) -> Hint:
        """The type of a constant: of its literal, its list, its object."""
        definition = self.code.lookup(path, said(node))
        if definition is None or definition.kind not in ("value", "object"):
            return Hint(definition.key) if definition else UNKNOWN
        value = field(definition.node, "value")
        return literal_type(value if value is not None else definition.node)


def literal_type(node: Node | None, depth: int = 0) -> Hint:
    """The type of a value that stands in the source."""
    node = unwrapped(node)
    if node is None or depth > _DEEPEST:
        return UNKNOWN
    if node.type == "array":
        return Hint("tuple", tuple(literal_type(child, depth + 1) for child in named(node)))
    if node.type == "object":
        pairs = [part for part in named(node) if part.type == "pair"]
        values = (literal_type(field(pair, "value"), depth + 1) for pair in pairs)
        names = (said(field(pair, "key")).strip("\"'") for pair in pairs)
        return Hint("object", fields=tuple(map(Field, names, values)))
    return _literal(node)


def _literal(node: Node | None) -> Hint:
    source = said(node)
    if source in ("null", "undefined"):
        return Hint(source)
    kinds = ("string", "number", "true", "false", "unary_expression")
    if node is None or node.type not in kinds:
        return UNKNOWN
    content = string(node)
    quoted = f'"{content}"' if node.type == "string" and '"' not in content else source
    return Hint("literal", literal=quoted)


def string_of(literal: str) -> str:
    return literal.strip("\"'`")


def _names(hint: Hint) -> Iterator[str]:
    return (string_of(part.literal) for part in _branches(hint) if part.name == "literal")


def _branches(hint: Hint) -> tuple[Hint, ...]:
    return hint.arguments if hint.name == "|" else (hint,)


def union(parts: list[Hint]) -> Hint:
    """One type of several; each stands once."""
    flat = dict.fromkeys(branch for part in parts for branch in _branches(part))
    return Hint("|", tuple(flat)) if len(flat) > 1 else next(iter(flat), UNKNOWN)


_PRIMITIVE = frozenset({"string", "number", "bigint", "boolean", "literal", "template"})
_UTILITIES = frozenset({"Partial", "Required", "Readonly", "Pick", "Omit", "NonNullable", "Exclude",
                        "Extract", "Record", "Awaited", "NoInfer"})  # fmt: skip
_LISTS = frozenset({"Array", "ReadonlyArray", "Iterable", "ArrayLike", "IterableIterator"})
_SAME = {"ReadonlyMap": "Map", "ReadonlySet": "Set", "Uint8ClampedArray": "Uint8ClampedArray",
         "PromiseLike": "Promise", "String": "string", "Number": "number", "Boolean": "boolean",
         "Object": "object", "Function": "function"}  # fmt: skip


def _built_in(name: str, arguments: tuple[Hint, ...]) -> Hint:
    if name in _LISTS:
        return Hint("array", arguments or (UNKNOWN,))
    return Hint(_SAME.get(name, name), arguments)
