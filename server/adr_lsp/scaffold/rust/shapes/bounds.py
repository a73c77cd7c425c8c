"""Bounds: a result stays between two limits that the statement names."""

from __future__ import annotations

import re

from adr_lsp.scaffold.rust.amounts import LISTS, MAPS, amount, readable, seen
from adr_lsp.scaffold.rust.callee import result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.items import Item, Module
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, Type
from adr_lsp.scaffold.wording import limits

_LENGTH = re.compile(
    r"\b(?:length|long|size|items?|entr(?:y|ies)|elements?|characters?|bytes|digits|holds?|"
    r"contains?|lines|words|members)\b",
    re.IGNORECASE,
)
_SIZED = LISTS | MAPS | {"String", "str", "PathBuf"}


def bounds(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        call = draft.call(callee, given, receiver)
        inner = result_of(callee.returns)[1]
        if callee.receiver == "&mut" and (_measure(draft, inner, "result") is None):
            line = statement(callee, call)
            return _shape(draft, callee.module, line, receiver, draft.type_of(receiver))
        changed = next((a for a in draft.arguments if a.pattern.startswith("mut ")), None)
        if callee.mutates and changed is not None and _measure(draft, inner, "result") is None:
            return _shape(draft, callee.module, statement(callee, call), changed.name, changed.type)
        source, type_ = draft.accepted(callee, call)
        return _shape(draft, callee.module, f"let result = {source};", "result", type_)
    for found in draft.targets:
        if found.type is not None:
            drawn = draft.draw_made(found.type)
            return _shape(draft, found.module, "", drawn, found.type)
    return None


def _shape(draft: Draft, module: Module, line: str, value: str, type_: Type) -> Shape | None:
    each = _each(draft, type_)
    measured = ("*part", seen(type_).first) if each else _measure(draft, type_, value)
    if measured is None:
        return None
    low, high = _limits(draft, module, measured[1])
    if low is None and high is None:
        draft.note("the statement names no limit that can be read: write the limits")
        low = high = draft.blank("the limit", measured[1])
    if low == "0" and measured[1].name[:1] == "u":
        low = None
        if high is None:
            draft.note("an unsigned number is never negative: its type holds the limit")
            high = draft.blank("the limit", measured[1])
    compared = " && ".join(
        f"{one} <= {other}" for one, other in ((low, measured[0]), (measured[0], high))
        if one is not None and other is not None
    )  # fmt: skip
    if each:
        compared = f"{value}.iter().all(|part| {compared})"
    return Shape("bounds.rs.j2", {"statement": line, "compared": compared})


def _each(draft: Draft, type_: Type) -> bool:
    """The limits are those of every number in a list, not of its length."""
    type_ = seen(type_)
    numbers = type_.first.name in (*INTEGERS, *FLOATS)
    return type_.name in LISTS and numbers and not _LENGTH.search(draft.statement)


def _measure(draft: Draft, type_: Type, value: str) -> tuple[str, Type] | None:
    """The source of the number that has limits, and its type."""
    type_ = seen(type_)
    if type_.name in (*INTEGERS, *FLOATS):
        return value, type_
    if type_.name in ("String", "str"):
        bytes_ = re.search(r"\bbytes\b", draft.statement)
        return (f"{value}.len()" if bytes_ else f"{value}.chars().count()"), Type("usize")
    if type_.name in _SIZED:
        return f"{value}.len()", Type("usize")
    members = readable(draft, type_)
    numbers = [(n, seen(t)) for n, t in members if seen(t).name in (*INTEGERS, *FLOATS)]
    words = set(re.findall(r"\w+", draft.statement.lower()))
    limit = set(limits(draft.statement, tuple(n.strip(".()") for n, _ in numbers)))
    numbers = [pair for pair in numbers if pair[0].strip(".()") not in limit]
    told = [pair for pair in numbers if pair[0].strip(".()") in words]
    sized = [pair for pair in numbers if pair[0] == ".len()"]
    chosen = told or (sized if _LENGTH.search(draft.statement) else []) or numbers[:1]
    if chosen:
        return f"{value}{chosen[0][0]}", chosen[0][1]
    held = [(n, seen(t)) for n, t in members if seen(t).name in _SIZED]
    if held:
        return f"{value}{held[0][0]}.len()", Type("usize")
    found = amount(draft, type_, value)
    return (found.source, Type(found.kind)) if found else None


def _limits(draft: Draft, module: Module, type_: Type) -> tuple[str | None, str | None]:
    """Limits by name are what was drawn, what a drawn object holds, and constants of the module."""
    known: dict[str, tuple[str, Type]] = {}
    for argument in draft.arguments:
        for name, member in readable(draft, argument.type):
            if seen(member).name in (*INTEGERS, *FLOATS):
                known.setdefault(name.strip(".()"), (f"{argument.name}{name}", seen(member)))
        if argument.type.name in (*INTEGERS, *FLOATS):
            known[argument.name] = (argument.name, argument.type)
    constants = {n: item for n, item in _constants(module).items() if n not in known}
    low, high = limits(draft.statement, (*known, *constants))
    return _written(draft, low, known, constants, type_), _written(
        draft, high, known, constants, type_
    )


def _constants(module: Module) -> dict[str, Item]:
    return {name: item for name, item in module.items.items() if item.kind == "constant"}


def _written(
    draft: Draft, limit: str | None, known: dict[str, tuple[str, Type]],
    constants: dict[str, Item], type_: Type,
) -> str | None:  # fmt: skip
    if limit is None:
        return None
    if limit in known:
        source, own = known[limit]
        return source if own.name == type_.name else f"{source} as {type_.name}"
    if limit in constants:
        return draft.names.of_item(constants[limit]) or limit
    if type_.name in FLOATS and "." not in limit:
        return f"{limit}.0"
    return limit
