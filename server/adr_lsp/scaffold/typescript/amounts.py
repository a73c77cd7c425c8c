"""What can be added up or compared in a value: the source of the number, read off its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript import jsdoc
from adr_lsp.scaffold.typescript.callee import (
    constructor,
    function_callee,
    is_accessor,
    is_public,
    is_static,
    lineage,
    members,
)
from adr_lsp.scaffold.typescript.hint import Hint, Types
from adr_lsp.scaffold.typescript.infer import value_type
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.syntax import FUNCTIONS, field, said
from adr_lsp.sources.code import walk
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

NUMBERS = ("number", "bigint")
_NAMES = ("amount", "minor", "cents", "value", "balance", "total", "quantity", "count", "units",
          "sum", "weight", "stock", "volume", "size", "price")  # fmt: skip
_PARTS = ("part", "item", "piece", "portion")


@dataclass(frozen=True, slots=True)
class Amount:
    """An expression that is a number; `unit` is the type it belongs to."""

    source: str
    unit: str
    kind: str = "number"


def amount(types: Types, hint: Hint, value: str, depth: int = 0) -> Amount | None:
    """How much there is in `value`; None if its type does not tell."""
    if depth >= len(_PARTS):
        return None
    definition = types.definition(hint)
    if definition is not None and definition.kind == "class":
        return _chosen(types, list(readable(types, definition)), value, hint.name, depth)
    found = types.expanded(hint)
    if found.name in NUMBERS:
        return Amount(value, found.name, found.name)
    if found.name in ("array", "Set") and found.arguments:
        source = value if found.name == "array" else f"[...{value}]"
        return _sum(types, found.arguments[0], source, depth)
    if found.name == "Map" and len(found.arguments) == 2:
        return _sum(types, found.arguments[1], f"[...{value}.values()]", depth)
    if found.name == "Record" or (found.name == "object" and found.arguments):
        return _sum(types, found.arguments[-1], f"Object.values({value})", depth)
    if found.name == "tuple":
        parts = [(f"{value}[{n}]", part) for n, part in enumerate(found.arguments)]
        return _together([amount(types, part, name, depth + 1) for name, part in parts])
    if found.name == "object":
        listed = [(each.name, each.hint) for each in found.fields if not each.optional]
        return _chosen(types, listed, value, hint.name, depth)
    return None


def _sum(types: Types, hint: Hint, values: str, depth: int) -> Amount | None:
    part = _PARTS[depth]
    inner = amount(types, hint, part, depth + 1)
    if inner is None:
        return None
    zero = "0n" if inner.kind == "bigint" else "0"
    added = f"{values}.reduce((sum, {part}) => sum + {inner.source}, {zero})"
    return Amount(added, inner.unit, inner.kind)


def _chosen(
    types: Types, listed: list[tuple[str, Hint]], value: str, unit: str, depth: int
) -> Amount | None:
    numbers = [(name, hint) for name, hint in listed if types.expanded(hint).name in NUMBERS]
    favoured = [each for each in numbers if each[0].rstrip("()") in _NAMES][:1]
    chosen = favoured or numbers
    if chosen:
        kind = types.expanded(chosen[0][1]).name
        return Amount(" + ".join(f"{value}.{name}" for name, _ in chosen), unit, kind)
    if depth >= len(_PARTS) - 1:
        return None
    inner = [amount(types, hint, f"{value}.{name}", depth + 1) for name, hint in listed]
    return _together(inner)


def _together(parts: list[Amount | None]) -> Amount | None:
    """All that are of the first one's unit."""
    known = [part for part in parts if part]
    same = [part for part in known if part.unit == known[0].unit]
    if not same:
        return None
    return Amount(" + ".join(part.source for part in same), same[0].unit, same[0].kind)


def readable(types: Types, cls: Definition) -> Iterator[tuple[str, Hint]]:
    """What an object shows: fields, getters, methods without parameters, with their types."""
    bound = types.bound(cls, ())
    for owner in lineage(types.code, cls):
        yield from _kept(owner, types)
        for member in members(owner):
            name = said(field(member, "name"))
            if not is_public(member) or is_static(member) or name == "constructor":
                continue
            if member.type == "public_field_definition":
                yield name, _field_type(types, owner, member, bound)
            elif is_accessor(member):
                if any(child.type == "get" for child in member.children):
                    yield (
                        name,
                        function_callee(types, member, owner.path, name, name, None, bound).returns,
                    )
            elif member.type in FUNCTIONS:
                made = function_callee(types, member, owner.path, name, name, None, bound)
                if not made.parameters and not made.is_async and not made.mutates:
                    yield f"{name}()", made.returns


def _field_type(types: Types, owner: Definition, member: Node, bound: dict[str, Hint]) -> Hint:
    node = field(member, "type")
    if node is not None:
        return types.of(node, owner.path, bound)
    written = jsdoc.tagged(jsdoc.comment_of(member), "type")
    documented = jsdoc.type_node(written) if written else None
    if documented is not None:
        return types.of(documented, owner.path, bound)
    value = field(member, "value")
    if value is not None:
        return value_type(types, owner.path, value)
    name = said(field(member, "name"))
    taken = constructor(types, owner, owner.name, bound).parameters
    return next((p.hint for p in taken if p.name == name), Hint("?"))


def _kept(owner: Definition, types: Types) -> Iterator[tuple[str, Hint]]:
    """`constructor(readonly balance: number)`."""
    for member in members(owner):
        if said(field(member, "name")) != "constructor":
            continue
        parameters = field(member, "parameters")
        for part in parameters.named_children if parameters is not None else ():
            words = [said(child) for child in part.children]
            kept = {"public", "readonly"} & set(words)
            if kept and not {"private", "protected"} & set(words):
                yield said(field(part, "pattern")), types.of(field(part, "type"), owner.path)
        yield from _assigned(member, types, owner)


def _assigned(member: Node, types: Types, owner: Definition) -> Iterator[tuple[str, Hint]]:
    """`this.balance = balance` in a constructor of JavaScript."""
    declared = {said(field(each, "name")) for each in members(owner)}
    taken = {p.name: p.hint for p in constructor(types, owner, owner.name, {}).parameters}
    for node in walk(member):
        if node.type == "assignment_expression":
            left, right = field(node, "left"), field(node, "right")
            name = said(field(left, "property"))
            mine = said(field(left, "object")) == "this" and not name.startswith(("#", "_"))
            if mine and name not in declared:
                written = jsdoc.tagged(jsdoc.comment_of(node.parent or node), "type")
                documented = jsdoc.type_node(written) if written else None
                known = types.of(documented, owner.path) if documented is not None else None
                yield name, known or taken.get(said(right)) or value_type(types, owner.path, right)
