"""What can be added up in a value: the source of the sum, read off its type."""

from __future__ import annotations

from collections.abc import Iterator

import griffe

from adr_lsp.scaffold.python.annotations import Hint, hint_of
from adr_lsp.scaffold.python.callee import constructor, fields, text_of
from adr_lsp.scaffold.python.code import Code
from adr_lsp.value import dataclass

_NUMBERS = frozenset({"int", "float", "decimal.Decimal", "fractions.Fraction"})
_NAMES = ("amount", "minor", "cents", "value", "balance", "total", "quantity", "count", "units",
          "sum", "weight", "stock", "volume", "size")  # fmt: skip
_SEQUENCES = frozenset({"list", "set", "frozenset", "collections.deque"}) | {
    f"{module}.{name}"
    for module in ("typing", "collections.abc")
    for name in ("List", "Sequence", "Iterable", "Iterator", "Collection", "Set", "FrozenSet",
                 "MutableSequence", "Generator")
}  # fmt: skip
_MAPPINGS = frozenset({"dict", "collections.Counter", "collections.defaultdict"}) | {
    f"{module}.{name}"
    for module in ("typing", "collections.abc")
    for name in ("Dict", "Mapping", "MutableMapping", "DefaultDict", "Counter")
}
_PARTS = ("part", "item", "piece", "portion")


@dataclass(frozen=True, slots=True)
class Amount:
    """An expression that is a number; `unit` is the class it belongs to, or its type."""

    source: str
    unit: str


def amount(code: Code, hint: Hint, value: str, depth: int = 0) -> Amount | None:
    """How much there is in `value`; None if its type does not tell."""
    if depth >= len(_PARTS):
        return None
    if hint.name in _NUMBERS:
        return Amount(value, hint.name)
    if hint.name in _SEQUENCES and hint.arguments:
        return _sum(code, hint.arguments[0], value, depth)
    if hint.name == "collections.Counter" or hint.name == "typing.Counter":
        return Amount(f"sum({value}.values())", "int")
    if hint.name in _MAPPINGS and len(hint.arguments) == 2:
        return _sum(code, hint.arguments[1], f"{value}.values()", depth)
    if hint.name == "tuple" and hint.arguments[1:] == (Hint("..."),):
        return _sum(code, hint.arguments[0], value, depth)
    if hint.name == "tuple":
        parts = [(f"{value}[{n}]", argument) for n, argument in enumerate(hint.arguments)]
        return _together([amount(code, part, name, depth + 1) for name, part in parts])
    return _of_class(code, hint, value, depth)


def _sum(code: Code, hint: Hint, values: str, depth: int) -> Amount | None:
    part = _PARTS[depth]
    inner = amount(code, hint, part, depth + 1)
    if inner is None:
        return None
    source = values if inner.source == part else f"{inner.source} for {part} in {values}"
    return Amount(f"sum({source})", inner.unit)


def _together(parts: list[Amount | None]) -> Amount | None:
    """All that are of the first one's unit."""
    known = [part for part in parts if part]
    same = [part for part in known if part.unit == known[0].unit]
    return Amount(" + ".join(part.source for part in same), same[0].unit) if same else None


def _of_class(code: Code, hint: Hint, value: str, depth: int) -> Amount | None:
    thing = code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class) or depth >= len(_PARTS) - 1:
        return None
    members = [(name, member) for name, member in _readable(code, thing)]
    numbers = [name for name, member in members if member.name in _NUMBERS]
    chosen = [name for name in numbers if name.rstrip("()") in _NAMES][:1] or numbers
    if chosen:
        return Amount(" + ".join(f"{value}.{name}" for name in chosen), thing.path)
    inner = (amount(code, member, f"{value}.{name}", depth + 1) for name, member in members)
    return _together(list(inner))


def _readable(code: Code, cls: griffe.Class) -> Iterator[tuple[str, Hint]]:
    """Fields, then other attributes, properties and `total()`-like methods, with their types."""
    for field in fields(code, cls):
        yield field.name, hint_of(code, field.annotation, field.scope)
    given = {p.name: p for p in constructor(code, cls, "").parameters}
    declared = {field.name for field in fields(code, cls)}
    for name, member in cls.members.items():
        if isinstance(member, griffe.Attribute) and not (name in declared or name[0] == "_"):
            annotation = text_of(member.annotation)
            if annotation is None and name in given:
                annotation = given[name].annotation
            yield name, hint_of(code, annotation, cls)
        elif isinstance(member, griffe.Function) and name in _NAMES and len(member.parameters) == 1:
            yield f"{name}()", hint_of(code, text_of(member.returns), cls)
