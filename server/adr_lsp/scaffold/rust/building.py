"""How a value of a struct or an enum is made: by its fields, else as its own functions make it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.callee import (
    Callee,
    Parameter,
    fields,
    methods,
    of_trait,
    result_of,
    variants,
)
from adr_lsp.scaffold.rust.expression import (
    LITERAL,
    Call,
    Expression,
    Then,
    boxed,
    one_line,
    one_of,
)
from adr_lsp.scaffold.rust.items import name_of
from adr_lsp.scaffold.rust.names import KEYWORDS
from adr_lsp.scaffold.rust.passing import owned, passed
from adr_lsp.scaffold.rust.types import Scope, Type
from adr_lsp.scaffold.rust.written import named

if TYPE_CHECKING:
    from tree_sitter import Node

    from adr_lsp.scaffold.rust.strategies import Strategies

_MOST = 10
_EMPTY = {"field_declaration_list": " {}", "ordered_field_declaration_list": "()"}
_MAKERS = ("new", "try_new", "of", "with", "from_parts", "create", "make", "build", "parse",
           "open")  # fmt: skip
_FILLERS = ("insert", "add", "push", "push_back", "record", "append", "apply", "set", "put",
            "enqueue", "increment", "credit", "deposit", "observe", "register", "track",
            )  # fmt: skip


_EMPTIERS = frozenset({"remove", "delete", "clear", "pop", "drain", "take", "truncate", "retain",
                       "reset", "close", "drop", "restore", "undo", "release", "evict",
                       "forget"})  # fmt: skip


def built(strategies: Strategies, type_: Type, recursive_only: bool = False) -> Expression:
    """The strategy of a type of the project."""
    assert type_.item is not None
    if type_.item.kind == "enum":
        return _enum(strategies, type_, recursive_only)
    if type_.item.kind != "struct":
        return strategies.unknown(type_)
    held = fields(strategies.code, type_)
    open_ = all(seen == "pub" for _, seen in held) and not _guarded(strategies, type_)
    open_ = open_ and not (type_.item.id in strategies.constructed and makers(strategies, type_))
    if open_:
        return _by_fields(strategies, type_, type_.item.node, "")
    made = _by_function(strategies, type_)
    if made is not None:
        return made
    if strategies.names.inside is not None and _sees(strategies, type_, held):
        return _by_fields(strategies, type_, type_.item.node, "")
    return strategies.unknown(type_)


def leaf(strategies: Strategies, type_: Type) -> Expression | None:
    """The smallest values of a type that holds itself."""
    from adr_lsp.scaffold.rust.strategies import reaches

    assert type_.item is not None
    if type_.item.kind == "enum":
        code, id_ = strategies.code, type_.item.id
        plain = [node for node in variants(type_) if not any(
            reaches(code, owned(p.type), id_) for p, _ in fields(code, type_, node))]  # fmt: skip
        return one_of(*(_variant(strategies, type_, node) for node in plain)) if plain else None
    made = built(strategies, type_)
    return None if "inner.clone()" in one_line(made) else made


def _guarded(strategies: Strategies, type_: Type) -> bool:
    assert type_.item is not None
    marked = any("non_exhaustive" in text for text in type_.item.attributes)
    return marked and strategies.names.inside is None


def _sees(strategies: Strategies, type_: Type, held: list[tuple[Parameter, str]]) -> bool:
    """The tests stand in the module of the type or below it."""
    assert type_.item is not None and strategies.names.inside is not None
    here, there = strategies.names.inside, type_.item.module
    same = here.crate is there.crate and here.path[: len(there.path)] == there.path
    return same or all(seen != "private" for _, seen in held)


def _enum(strategies: Strategies, type_: Type, recursive_only: bool) -> Expression:
    from adr_lsp.scaffold.rust.strategies import reaches

    assert type_.item is not None
    code, id_ = strategies.code, type_.item.id
    nodes = variants(type_)
    if recursive_only:
        nodes = [node for node in nodes if any(
            reaches(code, owned(p.type), id_) for p, _ in fields(code, type_, node))]  # fmt: skip
    if not nodes:
        return strategies.unknown(type_)
    return one_of(*(_variant(strategies, type_, node) for node in nodes))


def _variant(strategies: Strategies, type_: Type, node: Node) -> Expression:
    return _by_fields(strategies, type_, node, f"::{name_of(node)}")


def _by_fields(strategies: Strategies, type_: Type, node: Node, variant: str) -> Expression:
    assert type_.item is not None
    name = f"{named(strategies.names, type_)}{variant}"
    held = [parameter for parameter, _ in fields(strategies.code, type_, node)]
    if not held:
        body = node.child_by_field_name("body")
        value = name + _EMPTY.get(body.type if body else "", "")
        plain = "Clone" in strategies.code.traits(type_.item)
        return f"Just({value})" if plain else f"Just(()).prop_map(|()| {value})"
    if held[0].name == "0":
        if len(held) == 1:
            return Then(_field(strategies, type_, held[0]), f"prop_map({name})")
        return _mapped(strategies, type_, held, lambda v: f"{name}({', '.join(v)})")
    return _mapped(strategies, type_, held, lambda values: _record(name, held, values))


def _record(name: str, held: list[Parameter], values: list[str]) -> str:
    pairs = zip(held, values, strict=True)
    inside = ", ".join(p.name if p.name == v else f"{p.name}: {v}" for p, v in pairs)
    if len(inside) <= LITERAL:
        return f"{name} {{ {inside} }}"
    lines = inside.replace(", ", ",\n    ")
    return f"{name} {{\n    {lines},\n}}"


def _field(strategies: Strategies, type_: Type, parameter: Parameter) -> Expression:
    assert type_.item is not None
    chosen = strategies.chosen.get((type_.item.id, parameter.name))
    return chosen or strategies.of(owned(parameter.type))


def _variables(held: list[Parameter]) -> list[str]:
    names: list[str] = []
    for n, parameter in enumerate(held):
        name = parameter.name.strip("_") or "value"
        name = f"{name}_" if name in KEYWORDS else name
        name = "abcdefghijkl"[n % 12] if name.isdigit() else name
        while name in names:
            name += "_"
        names.append(name)
    return names


def _mapped(
    strategies: Strategies,
    type_: Type,
    held: list[Parameter],
    body: Callable[[list[str]], str],
    ending: str = "prop_map({})",
) -> Expression:
    """A tuple of strategies, mapped by a closure; long tuples stand in a tuple."""
    drawn = boxed([_field(strategies, type_, parameter) for parameter in held])
    names = _variables(held)
    source = body(names)
    if len(drawn) == 1:
        return Then(drawn[0], ending.format(f"|{names[0]}| {source}"))
    if len(drawn) <= _MOST:
        return Then(Call("", drawn), ending.format(f"|({', '.join(names)})| {source}"))
    groups = [slice(at, at + _MOST) for at in range(0, len(drawn), _MOST)]
    strategy = Call("", tuple(Call("", drawn[g]) for g in groups))
    pattern = ", ".join(f"({names[g][0]},)" if len(names[g]) == 1 else f"({', '.join(names[g])})"
                        for g in groups)  # fmt: skip
    return Then(strategy, ending.format(f"|({pattern})| {source}"))


def makers(strategies: Strategies, type_: Type) -> list[Callee]:
    """The functions that give a new value of the type, the likeliest first."""
    found = []
    for callee in methods(strategies.code, type_):
        known = callee.visibility == "pub" or strategies.names.inside is not None
        gives = result_of(callee.returns)[1]
        fits = gives.item is type_.item and gives.item is not None
        recursive = any(owned(p.type).item is type_.item for p in callee.parameters)
        plain = not (callee.is_method or recursive or callee.is_async)
        if known and fits and plain and callee.trait in ("", "From", "TryFrom"):
            found.append(callee)
    found.sort(key=_likely)
    return found


def _likely(callee: Callee) -> tuple[int, int]:
    words = callee.name.split("_")
    ranks = [n for n, name in enumerate(_MAKERS) if name == callee.name or name in words[:1]]
    return (min(ranks, default=len(_MAKERS)), len(callee.parameters))


def _by_function(strategies: Strategies, type_: Type) -> Expression | None:
    """`new`, or what is like it; an empty collection is filled."""
    found = makers(strategies, type_)
    taking = [callee for callee in found if callee.parameters]
    if taking and (found[0].parameters or _filler(strategies, type_) is None):
        return _called(strategies, type_, taking[0])
    collected = _collected(strategies, type_)
    if collected is not None:
        return collected
    assert type_.item is not None
    name = named(strategies.names, type_)
    empty = f"{name}::{found[0].name}()" if found else None
    if empty is None and "Default" in strategies.code.traits(type_.item):
        empty = f"{name}::default()"
    if empty is None:
        return None
    filler = _filler(strategies, type_)
    if filler is None:
        strategies.note(f"nothing tells how to fill a `{type_.item.name}`: every one is empty")
        return f"Just(()).prop_map(|()| {empty})"
    return _filled(strategies, type_, empty, filler)


def _called(strategies: Strategies, type_: Type, callee: Callee) -> Expression:
    name = named(strategies.names, type_)
    kind, _ = result_of(callee.returns)
    held = list(callee.parameters)

    def call(values: list[str]) -> str:
        pairs = zip(held, values, strict=True)
        given = [_moved(passed(strategies.code, p.type, value), value) for p, value in pairs]
        made = f"{name}::{callee.name}({', '.join(given)})"
        return f"{made}.ok()" if kind == "Result" else made

    if not kind:
        return _mapped(strategies, type_, held, call)
    refused = f'"refused by `{callee.name}`"'
    return _mapped(strategies, type_, held, call, f"prop_filter_map({refused}, {{}})")


def _moved(source: str, value: str) -> str:
    return value if source == f"{value}.clone()" else source.replace(f"{value}.clone()", value)


def _collected(strategies: Strategies, type_: Type) -> Expression | None:
    """What is collected from an iterator."""
    for impl in of_trait(strategies.code, type_, "FromIterator"):
        scope = Scope(strategies.code, impl.module, {}, type_)
        meant = scope.of_bounds("impl", impl.trait_node)
        if meant.arguments:
            inner = strategies.of(owned(meant.first))
            many = Call("prop::collection::vec", (inner, "0..8"))
            name = named(strategies.names, type_)
            return Then(many, f"prop_map({name}::from_iter)")
    return None


def _filler(strategies: Strategies, type_: Type) -> Callee | None:
    able = []
    for callee in methods(strategies.code, type_):
        known = callee.visibility == "pub" or strategies.names.inside is not None
        plain = callee.receiver == "&mut" and not callee.trait and callee.parameters
        own = any(owned(p.type).item is type_.item for p in callee.parameters)
        drawable = all(p.type.name not in ("fn", "dyn", "impl", "&mut") for p in callee.parameters)
        empties = callee.name.split("_")[0] in _EMPTIERS
        if known and plain and drawable and not own and not empties:
            able.append(callee)
    return min(able, key=_ranked, default=None)


def _ranked(callee: Callee) -> int:
    first = callee.name.split("_")[0]
    exact = (n for n, name in enumerate(_FILLERS) if name in (callee.name, first))
    return min(exact, default=len(_FILLERS))


def _filled(strategies: Strategies, type_: Type, empty: str, filler: Callee) -> Expression:
    """An empty value to which something is done a few times."""
    assert type_.item is not None
    others = [m.name for m in methods(strategies.code, type_) if m.receiver == "&mut" and
              not m.trait and m.parameters and m.name != filler.name and
              m.visibility == "pub" and m.name not in strategies.targets]  # fmt: skip
    if others:
        listed = ", ".join(f"`{name}`" for name in others)
        strategies.note(f"a `{type_.item.name}` is filled by `{filler.name}` alone: see whether "
                        f"{listed} should have a part")  # fmt: skip
    held = list(filler.parameters)
    drawn = tuple(_field(strategies, type_, parameter) for parameter in held)
    each: Expression = drawn[0] if len(drawn) == 1 else Call("", drawn)
    names = _variables(held)
    pattern = names[0] if len(names) == 1 else f"({', '.join(names)})"
    code = strategies.code
    given = ", ".join(_moved(passed(code, p.type, v), v) for p, v in zip(held, names, strict=True))
    call = f"value.{filler.name}({given});"
    if filler.returns.name != "()" or filler.returns.arguments:
        call = f"let _ = {call}"
    many = Call("prop::collection::vec", (each, "0..8"))
    body = (
        f"|steps| {{\n    let mut value = {empty};\n    for {pattern} in steps {{\n        {call}\n"
        "    }\n    value\n}"
    )
    return Then(many, f"prop_map({body})")
