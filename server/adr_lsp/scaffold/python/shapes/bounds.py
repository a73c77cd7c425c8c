"""Bounds: a result stays between two limits that the statement names."""

from __future__ import annotations

import re

import griffe

from adr_lsp.scaffold.python.amounts import amount
from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, constructor
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.wording import limits

_SIZED = frozenset({"str", "bytes", "bytearray", "list", "tuple", "set", "frozenset", "dict",
                    "collections.abc.Sequence", "collections.abc.Mapping", "collections.deque",
                    "collections.Counter"})  # fmt: skip
_LISTS = frozenset({"list", "tuple", "collections.abc.Sequence"})
_LENGTH = re.compile(
    r"\b(?:length|long|size|items?|entr(?:y|ies)|elements?|characters?|bytes|digits|holds?|"
    r"contains?|lines|words|members)\b",
    re.IGNORECASE,
)
_NUMBERS = frozenset({"int", "float", "decimal.Decimal", "fractions.Fraction"})


def bounds(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is None:
            continue
        if isinstance(found.object, griffe.Class):
            call = draft.draw_object(found.object)
            return _shape(draft, callee, call, Hint(found.object.path), False)
        receiver = draft.receiver(callee)
        values = draft.draw_all(callee.required)
        call = callee.call(values, receiver)
        result = draft.result(callee)
        if receiver and (callee.mutates or result.name == "bool"):
            return _of_object(draft, callee, call, receiver)
        return _shape(draft, callee, call, result, True)
    return None


def _of_object(draft: Draft, callee: Callee, call: str, receiver: str) -> Shape | None:
    """What a call leaves in its object."""
    held = next((a.hint for a in draft.arguments if a.name == receiver), Hint("?"))
    shape = _shape(draft, callee, receiver, held, False)
    return shape and Shape(shape.template, {**shape.values, "call": call, "assigned": False})


def _shape(draft: Draft, callee: Callee, call: str, result: Hint, assigned: bool) -> Shape | None:
    value = "result" if assigned else call
    each = _each(draft, result)
    measured = "part" if each else _measure(draft, result, value)
    if measured is None:
        return None
    low, high = _limits(draft, callee)
    if low is None and high is None:
        draft.note("the statement names no limit that can be read: write the limits")
        low = high = "..."
    compared = " <= ".join(side for side in (low, measured, high) if side is not None)
    if low is not None and high is None:
        compared = f"{measured} >= {low}"
    if each:
        compared = f"all({compared} for part in {value})"
    values = {"call": call if assigned else "", "assigned": True, "compared": compared}
    return Shape("bounds.py.j2", values)


def _each(draft: Draft, result: Hint) -> bool:
    """The limits are those of every number in a list, not of its length."""
    numbers = bool(result.arguments) and result.arguments[0].name in _NUMBERS
    return result.name in _LISTS and numbers and not _LENGTH.search(draft.statement)


def _measure(draft: Draft, result: Hint, value: str) -> str | None:
    if result.name in _SIZED:
        return f"len({value})"
    thing = draft.code.definition(result.name) if "." in result.name else None
    if isinstance(thing, griffe.Class) and "__len__" in thing.members:
        return f"len({value})"
    found = amount(draft.code, result, value)
    return found.source if found else value if result.name in ("?", "object") else None


def _limits(draft: Draft, callee: Callee) -> tuple[str | None, str | None]:
    """Limits by name are what was drawn, and constants of the module."""
    drawn = {a.name: amount(draft.code, a.hint, a.name) for a in draft.arguments}
    known = _own_limits(draft) | {name: found.source for name, found in drawn.items() if found}
    module = callee.scope.module
    constants = [n for n, m in module.members.items() if isinstance(m, griffe.Attribute)]
    low, high = limits(draft.statement, (*known, *constants))
    return _written(draft, low, known, module), _written(draft, high, known, module)


def _own_limits(draft: Draft) -> dict[str, str]:
    """Numbers that the drawn objects hold, such as a capacity."""
    found = {}
    for argument in draft.arguments:
        thing = draft.code.definition(argument.hint.name)
        if isinstance(thing, griffe.Class):
            for field in constructor(draft.code, thing, "").parameters:
                if draft.hint(field).name in _NUMBERS and field.name in thing.members:
                    found[field.name] = f"{argument.name}.{field.name}"
    return found


def _written(
    draft: Draft, limit: str | None, known: dict[str, str], module: griffe.Module
) -> str | None:
    if limit is None or limit in known:
        return known.get(limit or "")
    return draft.names.use(module.path, limit) if limit in module.members else limit
