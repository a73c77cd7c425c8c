"""Conservation: what goes in comes out, no more and no less."""

from __future__ import annotations

import re

import griffe

from adr_lsp.scaffold.python.amounts import Amount, amount
from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.draft import Draft, Shape

_ZERO = re.compile(r"\bzero\b|\bto nothing\b|(?:\bis|\bequals?|\bto|=) 0\b", re.IGNORECASE)


def conservation(draft: Draft) -> Shape | None:
    for found in draft.targets:
        if isinstance(found.object, griffe.Class):
            return _of_object(draft, found.object)
        callee = draft.callee(found)
        if callee is not None:
            return _of_call(draft, callee)
    return None


def _of_object(draft: Draft, cls: griffe.Class) -> Shape | None:
    """Every object of a class holds the sum that the statement says: zero, or a blank."""
    inside = amount(draft.code, Hint(cls.path), "")
    if inside is None:
        return None
    drawn = draft.draw_object(cls)
    held = amount(draft.code, Hint(cls.path), drawn)
    expected = "0" if _ZERO.search(draft.statement) else "..."
    if expected == "...":
        draft.note(f"say what the sum of {drawn} is equal to")
    return _shape("", held.source if held else "", expected)


def _of_call(draft: Draft, callee: Callee) -> Shape | None:
    result = draft.result(callee)
    if callee.mutates or (amount(draft.code, result, "result") is None and callee.kind == "method"):
        return _in_place(draft, callee)
    after = amount(draft.code, result, "result")
    if after is None:
        return None
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    call = callee.call(values, receiver)
    if _ZERO.search(draft.statement):
        return _shape(call, after.source, "0")
    before = _taken(draft, result, after)
    if before is None:
        draft.note("say which of the arguments is conserved")
    return _shape(call, after.source, before or "...")


def _taken(draft: Draft, result: Hint, after: Amount) -> str | None:
    """What the arguments hold of the unit that the result holds.

    Of several plain numbers only the first can be meant: the others are rates or counts.
    """
    held = [(a.hint, amount(draft.code, a.hint, a.name)) for a in draft.arguments]
    known = [(hint, found) for hint, found in held if found and found.unit == after.unit]
    alike = [found.source for hint, found in known if hint == result and hint.arguments]
    sources = alike or [found.source for _, found in known]
    if not alike and "." not in after.unit and len(sources) > 1:
        draft.note(f"`{sources[0]}` is taken for what is conserved: say if it is another argument")
        sources = sources[:1]
    return " + ".join(sources) or None


def _in_place(draft: Draft, callee: Callee) -> Shape | None:
    """The call changes its object or its arguments: add up before and after."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    held = [found for a in draft.arguments if (found := amount(draft.code, a.hint, a.name))]
    changed = [f for f in held if "(" in f.source or "." in f.source]
    chosen = [f.source for f in changed if f.unit == changed[0].unit]
    if not chosen:
        return None
    source = " + ".join(chosen)
    zero = bool(_ZERO.search(draft.statement))
    return Shape(
        "conservation.py.j2",
        {"before": None if zero else source, "call": callee.call(values, receiver),
         "assigned": False, "after": source, "expected": "0" if zero else "before"},
    )  # fmt: skip


def _shape(call: str, after: str, expected: str) -> Shape:
    return Shape(
        "conservation.py.j2",
        {"before": None, "call": call, "assigned": True, "after": after, "expected": expected},
    )
