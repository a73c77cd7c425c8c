"""What a function gives back where no type says so: read off its `return` expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.hint import BOOLEAN, NUMBER, STRING, UNKNOWN, Hint, Types, union
from adr_lsp.scaffold.typescript.syntax import CLASSES, FUNCTIONS, field, named, said, unwrapped
from adr_lsp.sources.code import walk

if TYPE_CHECKING:
    from tree_sitter import Node

_TEXT = frozenset({"join", "toString", "trim", "toUpperCase", "toLowerCase", "padStart", "padEnd",
                   "toFixed", "replace", "replaceAll", "stringify", "normalize", "repeat",
                   "toISOString", "substring", "charAt", "fromCharCode"})  # fmt: skip
_COUNT = frozenset({"indexOf", "reduce", "getTime", "charCodeAt", "findIndex", "parseInt",
                    "parseFloat", "lastIndexOf", "localeCompare"})  # fmt: skip
_LIST = frozenset({"map", "flatMap", "split", "keys", "values", "entries", "from", "of"})
_SAME = frozenset({"filter", "slice", "concat", "sort", "reverse", "toSorted", "toReversed"})
_TRUTH = frozenset({"includes", "some", "every", "has", "startsWith", "endsWith", "test",
                    "isArray", "isInteger", "isFinite"})  # fmt: skip
_DEEPEST = 6


def returned(types: Types, node: Node, path: str, known: Mapping[str, Hint]) -> Hint:
    """The type of what the function returns; `?` where that cannot be seen."""
    body = field(node, "body")
    if body is None:
        return UNKNOWN
    if body.type != "statement_block":
        return _Reading(types, path, dict(known)).of(body)
    reading = _Reading(types, path, {**known})
    for inner in walk(body, FUNCTIONS | CLASSES):
        if inner.type == "variable_declarator":
            declared = types.of(field(inner, "type"), path)
            value = field(inner, "value")
            hint = declared if declared != UNKNOWN else reading.of(value)
            reading.known.setdefault(said(field(inner, "name")), hint)
    results = [reading.of(next(named(each), None)) for each in _returns(body)]
    if not results:
        return Hint("void")
    return union(results) if UNKNOWN not in results else UNKNOWN


def _returns(body: Node) -> Iterator[Node]:
    for inner in walk(body, FUNCTIONS | CLASSES):
        if inner.type == "return_statement":
            yield inner


class _Reading:
    """`known` has the types of the names in sight."""

    def __init__(self, types: Types, path: str, known: dict[str, Hint]) -> None:
        self.types, self.path, self.known = types, path, known

    def of(self, node: Node | None, depth: int = 0) -> Hint:
        node = unwrapped(node)
        if node is None or depth > _DEEPEST:
            return UNKNOWN
        match node.type:
            case "number" | "update_expression":
                return NUMBER if not said(node).endswith("n") else Hint("bigint")
            case "string" | "template_string":
                return STRING
            case "true" | "false":
                return BOOLEAN
            case "null" | "undefined":
                return Hint(node.type)
            case "identifier":
                return self.known.get(said(node), UNKNOWN)
            case "this":
                return UNKNOWN
            case "unary_expression":
                return BOOLEAN if said(node).startswith("!") else NUMBER
            case "binary_expression":
                return self._binary(node, depth)
            case "ternary_expression":
                both = [self.of(field(node, f), depth + 1) for f in ("consequence", "alternative")]
                return UNKNOWN if UNKNOWN in both else union(both)
            case "await_expression":
                inner = self.of(next(named(node), None), depth + 1)
                return inner.arguments[0] if inner.name == "Promise" and inner.arguments else inner
            case "array":
                return self._array(node, depth)
            case "object":
                return Hint("object")
            case "new_expression":
                return self._made(node)
            case "call_expression":
                return self._call(node, depth)
            case "member_expression":
                return self._member(node, depth)
        return UNKNOWN

    def _binary(self, node: Node, depth: int) -> Hint:
        sign = said(field(node, "operator"))
        if sign in ("==", "===", "!=", "!==", "<", ">", "<=", ">=", "in", "instanceof"):
            return BOOLEAN
        left, right = (self.of(field(node, side), depth + 1) for side in ("left", "right"))
        if sign == "+" and STRING in (left, right):
            return STRING
        if sign in ("&&", "||", "??"):
            return left if left == right else UNKNOWN
        if Hint("bigint") in (left, right):
            return Hint("bigint")
        return NUMBER if sign != "+" or NUMBER in (left, right) else UNKNOWN

    def _array(self, node: Node, depth: int) -> Hint:
        for part in named(node):
            if part.type == "spread_element":
                inner = self.of(next(named(part), None), depth + 1)
                return inner if inner.name == "array" else Hint("array", (UNKNOWN,))
            return Hint("array", (self.of(part, depth + 1),))
        return Hint("array", (UNKNOWN,))

    def _made(self, node: Node) -> Hint:
        name = said(field(node, "constructor"))
        written = next((c for c in named(node) if c.type == "type_arguments"), None)
        given = tuple(self.types.of(part, self.path) for part in named(written))
        definition = self.types.code.lookup(self.path, name)
        return Hint(definition.key if definition else name, given)

    def _member(self, node: Node, depth: int) -> Hint:
        name = said(field(node, "property"))
        if name in ("length", "size"):
            return NUMBER
        holder = self.types.expanded(self.of(field(node, "object"), depth + 1))
        return next((each.hint for each in holder.fields if each.name == name), UNKNOWN)

    def _call(self, node: Node, depth: int) -> Hint:
        called = field(node, "function")
        if called is None or called.type != "member_expression":
            return _CALLED.get(said(called), UNKNOWN)
        name, holder = said(field(called, "property")), field(called, "object")
        if said(holder) == "Math" or name in _COUNT:
            return NUMBER
        if name in _TEXT:
            return STRING
        if name in _TRUTH:
            return BOOLEAN
        if name in _SAME:
            inner = self.of(holder, depth + 1)
            return inner if inner != UNKNOWN else Hint("array", (UNKNOWN,))
        if name == "fromEntries":
            return Hint("object")
        return Hint("array", (UNKNOWN,)) if name in _LIST else UNKNOWN


_CALLED = {"Number": NUMBER, "parseInt": NUMBER, "parseFloat": NUMBER, "String": STRING,
           "Boolean": BOOLEAN, "BigInt": Hint("bigint"), "structuredClone": UNKNOWN}  # fmt: skip


def value_type(types: Types, path: str, node: Node | None) -> Hint:
    """The type of a value that a field begins with."""
    return _Reading(types, path, {}).of(node)
