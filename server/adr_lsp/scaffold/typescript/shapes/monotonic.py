"""Monotonic: more in, no less out; what has risen does not fall."""

from __future__ import annotations

import re

from adr_lsp.scaffold.direction import falls
from adr_lsp.scaffold.typescript.amounts import NUMBERS, Amount, amount
from adr_lsp.scaffold.typescript.callee import Callee, Parameter
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint


def monotonic(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        if callee.kind == "method" and (draft.changes(callee) or "this" in callee.mutates):
            return _of_object(draft, callee)
        return _of_number(draft, callee) or _of_list(draft, callee)
    return None


def _compared(draft: Draft, lower: str, higher: str) -> str:
    if falls(draft.statement):
        return draft.asserting.at_most(higher, lower)
    return draft.asserting.at_least(higher, lower)


def _of_object(draft: Draft, callee: Callee) -> Shape | None:
    """Whatever the call does, what the object holds does not go back."""
    assert callee.owner is not None
    receiver = draft.receiver(callee)
    held = _held(draft, Hint(callee.owner.key), receiver)
    if held is None:
        return None
    call = callee.call(draft.draw_all(callee), receiver)
    lines = (f"const before = {held.source};", f"{call};", _compared(draft, "before", held.source))
    return Shape("property", lines)


def _held(draft: Draft, own: Hint, source: str) -> Amount | None:
    return amount(draft.types, own, source)


def _of_number(draft: Draft, callee: Callee) -> Shape | None:
    """Of two values of one argument, the greater one gives no less."""
    able = [p for p in callee.required if draft.types.expanded(p.hint).name in NUMBERS]
    result = amount(draft.types, callee.returns, "result")
    if not able or result is None:
        return None
    varied = _named_in(draft, able)
    if len(able) > 1:
        draft.note(f"`{varied.name}` is taken for what rises: say if it is another argument")
    receiver = draft.receiver(callee)
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required if p is not varied}
    one, other = draft.draw(varied, "one"), draft.draw(varied, "other")
    draft.setup.append(
        f"const [low, high] = {one} < {other} ? [{one}, {other}] : [{other}, {one}];"
    )
    lower, higher = (_measured(draft, callee, {**rest, varied.name: name}, receiver)
                     for name in ("low", "high"))  # fmt: skip
    return _risen(draft, lower, higher)


def _risen(draft: Draft, lower: str, higher: str) -> Shape:
    stated = _compared(draft, "before", "after")
    return Shape("property", (f"const before = {lower};", f"const after = {higher};", stated))


def _named_in(draft: Draft, able: list[Parameter]) -> Parameter:
    words = set(re.findall(r"\w+", draft.statement.lower()))
    return next((p for p in able if p.name.lower() in words), able[0])


def _measured(draft: Draft, callee: Callee, values: dict[str, str], receiver: str) -> str:
    in_turn = {p.name: values[p.name] for p in callee.required}
    call = callee.call(in_turn, receiver)
    call = f"({call})" if callee.is_async else call
    measured = amount(draft.types, callee.returns, call)
    return measured.source if measured else call


def _of_list(draft: Draft, callee: Callee) -> Shape | None:
    """One more in the list gives no less."""
    grown = next((p for p in callee.required if draft.element(p.hint)), None)
    if grown is None or amount(draft.types, callee.returns, "result") is None:
        return None
    element = draft.element(grown.hint)
    if element is None or draft.types.expanded(grown.hint).name != "array":
        return None
    receiver = draft.receiver(callee)
    draft.note_refusals(callee)
    values = {p.name: draft.draw(p) for p in callee.required}
    more = draft.draw(Parameter("more", element), "more")
    lower = _measured(draft, callee, values, receiver)
    longer = f"[...{values[grown.name]}, {more}]"
    higher = _measured(draft, callee, {**values, grown.name: longer}, receiver)
    return _risen(draft, lower, higher)
