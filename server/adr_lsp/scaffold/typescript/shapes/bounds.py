"""Bounds: a result stays between two limits that the statement names."""

from __future__ import annotations

import re

from adr_lsp.scaffold.typescript.amounts import NUMBERS, amount, readable
from adr_lsp.scaffold.typescript.callee import Callee
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.wording import limits

_LENGTH = re.compile(
    r"\b(?:length|long|size|items?|entr(?:y|ies)|elements?|characters?|bytes|digits|holds?|"
    r"contains?|lines|words|members)\b|\d [a-z]\w+s\b",
    re.IGNORECASE,
)


def bounds(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        receiver = draft.receiver(callee)
        call = callee.call(draft.draw_all(callee), receiver)
        if receiver and callee.owner and (draft.changes(callee) or _tells_nothing(callee)):
            own = Hint(callee.owner.key)
            return _stated(draft, callee, (f"{call};",), receiver, own)
        lines = (f"const result = {call};",)
        return _stated(draft, callee, lines, "result", callee.returns)
    cls = draft.cls()
    if cls is None:
        return None
    name = draft.hold("result", draft.draw_object(Hint(cls.key)))
    return _stated(draft, None, (), name, Hint(cls.key))


def _tells_nothing(callee: Callee) -> bool:
    return callee.returns.name in ("void", "undefined", "boolean")


def _stated(
    draft: Draft, callee: Callee | None, lines: tuple[str, ...], value: str, hint: Hint
) -> Shape | None:
    element = draft.element(hint)
    each = element is not None and draft.types.expanded(element).name in NUMBERS and not (
        _LENGTH.search(draft.statement)
    )  # fmt: skip
    measured = "part" if each else _measure(draft, hint, value)
    if measured is None:
        return None
    kind = draft.types.expanded(element if each and element else hint).name
    low, high = (_written(limit, kind) for limit in _limits(draft, callee))
    said = [draft.asserting.at_least(measured, low)] if low else []
    said += [draft.asserting.at_most(measured, high)] if high else []
    if not said:
        stated = draft.asserting.holds(f"LOW <= {measured} && {measured} <= HIGH")
        return Shape("property", (*lines, *draft.blank(stated)))
    if each:
        inside = (f"  {line}" for text in said for line in text.split("\n"))
        said = [f"for (const part of {value}) {{", *inside, "}"]
    return Shape("property", (*lines, *said))


def _measure(draft: Draft, hint: Hint, value: str) -> str | None:
    found = draft.types.expanded(hint)
    if found.name in ("string", "array", "tuple", "template"):
        return f"{value}.length"
    if found.name in ("Map", "Set"):
        return f"{value}.size"
    if found.name == "Record":
        return f"Object.keys({value}).length"
    definition = draft.types.definition(hint)
    if definition is not None and definition.kind == "class":
        shown = dict(readable(draft.types, definition))
        for name in ("length", "size", "count", "length()", "size()", "count()"):
            if name in shown:
                return f"{value}.{name}"
    measured = amount(draft.types, hint, value)
    return measured.source if measured else value if found.name in ("?", "any") else None


def _limits(draft: Draft, callee: Callee | None) -> tuple[str | None, str | None]:
    """Limits by name are what was drawn, what objects hold, and constants of the module."""
    known = {}
    for argument in draft.arguments:
        found = amount(draft.types, argument.hint, argument.name)
        if found:
            known[argument.name] = found.source
    known |= _constants(draft, callee)
    low, high = limits(draft.statement, tuple(known))
    return (
        _used(draft, callee, known.get(low, low) if low else None),
        _used(draft, callee, known.get(high, high) if high else None),
    )


def _constants(draft: Draft, callee: Callee | None) -> dict[str, str]:
    module = draft.code.module(callee.path) if callee else None
    declared = module.declared.values() if module else ()
    return {each.name: f"const {each.name}" for each in declared if each.kind == "value"}


def _used(draft: Draft, callee: Callee | None, limit: str | None) -> str | None:
    if limit is None or not limit.startswith("const ") or callee is None:
        return limit
    name = limit.removeprefix("const ")
    definition = draft.code.lookup(callee.path, name)
    return draft.arbitraries.use(definition) if definition else None


def _written(limit: str | None, kind: str) -> str | None:
    """A number, as a bigint where that is compared."""
    whole = limit is not None and re.fullmatch(r"-?[\d_]+", limit)
    return f"{limit}n" if whole and kind == "bigint" else limit
