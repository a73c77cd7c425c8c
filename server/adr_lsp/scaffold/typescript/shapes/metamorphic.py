"""Relations between runs: the same input gives the same, a changed one what follows from it."""

from __future__ import annotations

import re
from collections.abc import Callable

from adr_lsp.scaffold.typescript.amounts import NUMBERS, amount
from adr_lsp.scaffold.typescript.callee import Callee, Parameter
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import NOTHING, Hint
from adr_lsp.scaffold.typescript.shapes.algebra import two_orders

_DOUBLE = re.compile(r"\bdoubl\w+|\btwice as\b|\bscal\w+|\bproportional", re.IGNORECASE)
_ORDER = re.compile(r"\border\b|\bshuffl|\bpermut|\brevers|\brearrang", re.IGNORECASE)
_CASE = re.compile(r"\b(?:upper|lower|letter)[- ]?case|\bcase\b|\bcapital", re.IGNORECASE)
_SPACE = re.compile(r"\bwhite ?space|\bblanks?\b|\btrim|\bspaces?\b|\bpadd", re.IGNORECASE)
_REPEAT = re.compile(r"\bduplicat|\brepeat", re.IGNORECASE)


def determinism(draft: Draft) -> Shape | None:
    """Twice the same input gives twice the same."""
    for callee in draft.functions():
        if callee.returns in NOTHING and not callee.mutates:
            return None
        receiver = draft.receiver(callee)
        values = draft.draw_all(callee)
        if draft.changes(callee):
            return None
        call = callee.call(values, receiver)
        if receiver and "this" in callee.mutates and draft.setup:
            again = draft.setup[-1].partition(" = ")[2].rstrip(";")
            other = callee.call(values, draft.hold("other", again))
            return Shape("property", draft.alike(callee.returns, call, other))
        return Shape("property", draft.alike(callee.returns, call, call))
    return None


def metamorphic(draft: Draft) -> Shape | None:
    """The statement's words say how the input changes, and what follows for the result."""
    for callee in draft.functions():
        if callee.returns in NOTHING or not callee.required:
            return None
        ways: tuple[tuple[re.Pattern[str], Callable[[Draft, Callee], Shape | None]], ...] = (
            (_ORDER, _reordered), (_DOUBLE, _doubled), (_CASE, _recased), (_SPACE, _padded),
            (_REPEAT, _repeated),
        )  # fmt: skip
        for words, make in ways:
            shape = make(draft, callee) if words.search(draft.statement) else None
            if shape is not None:
                return shape
        return _blank(draft, callee)
    return None


def _changed(
    draft: Draft, callee: Callee, chosen: Parameter, change: Callable[[str], str]
) -> tuple[str, str]:
    """The call, and the call with one argument changed."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee)
    changed = {**values, chosen.name: change(values[chosen.name])}
    return callee.call(values, receiver), callee.call(changed, receiver)


def _first(draft: Draft, callee: Callee, *kinds: str) -> Parameter | None:
    return next((p for p in callee.required if draft.types.expanded(p.hint).name in kinds), None)


def _reordered(draft: Draft, callee: Callee) -> Shape | None:
    ordered = _first(draft, callee, "array")
    if ordered is None:
        return None
    receiver = draft.receiver(callee)
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required if p is not ordered}
    one, other = two_orders(draft, ordered)
    calls = [
        callee.call(
            {p.name: {**rest, ordered.name: way}[p.name] for p in callee.required}, receiver
        )
        for way in (one, other)
    ]
    return Shape("property", draft.alike(callee.returns, calls[0], calls[1]))


def _doubled(draft: Draft, callee: Callee) -> Shape | None:
    """Twice as much in gives twice as much out."""
    chosen = _first(draft, callee, *NUMBERS, "array")
    result = amount(draft.types, callee.returns, "result")
    if chosen is None or result is None:
        return None
    zero = "2n" if result.kind == "bigint" else "2"
    element = draft.element(chosen.hint)
    if element is None:
        before, after = _changed(draft, callee, chosen, lambda value: f"{value} * {zero}")
    else:
        change = _doubled_part(draft, element, zero)
        if change is None:
            return None
        doubled = f".map((item) => {change})"
        before, after = _changed(draft, callee, chosen, lambda value: f"{value}{doubled}")
    one, other = (amount(draft.types, callee.returns, f"({c})" if callee.is_async else c)
                  for c in (before, after))  # fmt: skip
    if one is None or other is None:
        return None
    return Shape("property", (draft.asserting.equal(other.source, f"{one.source} * {zero}"),))


def _doubled_part(draft: Draft, element: Hint, two: str) -> str | None:
    """Each part with what it holds doubled: `item * 2`, `{ ...item, price: item.price * 2 }`."""
    expanded = draft.types.expanded(element)
    if expanded.name in NUMBERS:
        return f"item * {two}"
    held = amount(draft.types, element, "item")
    found = re.fullmatch(r"item\.(\w+)", held.source) if held else None
    names = [each.name for each in expanded.fields]
    words = set(re.findall(r"\w+", draft.statement.lower()))
    said = next((n for n in names if n.lower() in words or f"{n.lower()}s" in words), None)
    name = said or (found[1] if found else None)
    return f"({{ ...item, {name}: item.{name} * {two} }})" if name and expanded.fields else None


def _made_into(change: str) -> Callable[[Draft, Callee], Shape | None]:
    def made(draft: Draft, callee: Callee) -> Shape | None:
        chosen = _first(draft, callee, "string")
        if chosen is None:
            return None
        before, after = _changed(draft, callee, chosen, lambda value: change.format(value))
        return Shape("property", (draft.asserting.equal(after, before),))

    return made


_recased = _made_into("{}.toUpperCase()")
_padded = _made_into("` ${{{}}} `")


def _repeated(draft: Draft, callee: Callee) -> Shape | None:
    chosen = _first(draft, callee, "array")
    if chosen is None:
        return None
    before, after = _changed(draft, callee, chosen, lambda value: f"[...{value}, ...{value}]")
    return Shape("property", (draft.asserting.equal(after, before),))


def _blank(draft: Draft, callee: Callee) -> Shape:
    receiver = draft.receiver(callee)
    call = callee.call(draft.draw_all(callee), receiver)
    stated = draft.asserting.equal(f"{callee.name}(changed)", "whatFollowsFrom(result)")
    return Shape("property", (f"const result = {call};", *draft.blank(stated)))
