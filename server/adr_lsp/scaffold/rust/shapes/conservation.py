"""Conservation: what goes in comes out, no more and no less."""

from __future__ import annotations

import re

from adr_lsp.scaffold.rust.amounts import Amount, amount
from adr_lsp.scaffold.rust.callee import Callee, result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.types import Type

_ZERO = re.compile(r"\bzero\b|\bto nothing\b|(?:\bis|\bequals?|\bto|=) 0\b", re.IGNORECASE)


def conservation(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        return _of_call(draft, callee)
    for found in draft.targets:
        if found.type is not None:
            return _of_object(draft, found.type)
    return None


def _of_object(draft: Draft, type_: Type) -> Shape | None:
    """Every object of a type holds the sum that the statement says: zero, or a blank."""
    if amount(draft, type_, "value") is None:
        return None
    drawn = draft.draw_made(type_)
    held = amount(draft, type_, drawn)
    return _shape("", held, _zero(draft, held) or _blank(draft, f"the sum of `{drawn}`", held))


def _zero(draft: Draft, held: Amount | None) -> str | None:
    if not _ZERO.search(draft.statement):
        return None
    return "0" if held is None or held.kind == "i128" else "0.0"


def _blank(draft: Draft, what: str, held: Amount | None) -> str:
    draft.note(f"say what {what} is equal to")
    return draft.blank(f"what {what} is equal to", Type(held.kind if held else "i128"))


def _of_call(draft: Draft, callee: Callee) -> Shape | None:
    if callee.mutates:
        return _in_place(draft, callee)
    after = amount(draft, result_of(callee.returns)[1], "result")
    if after is None:
        return None
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    call, type_ = draft.accepted(callee, draft.call(callee, given, receiver))
    before = _zero(draft, after) or _taken(draft, type_, after)
    return _shape(call, after, before or _blank(draft, "the result", after))


def _taken(draft: Draft, result: Type, after: Amount) -> str | None:
    """What the arguments hold of the unit that the result holds.

    Of several plain numbers only the first can be meant: the others are rates or counts.
    """
    held = [(a.type, amount(draft, a.type, a.name)) for a in draft.arguments]
    known = [(type_, found) for type_, found in held if found and found.unit == after.unit]
    alike = [found.source for type_, found in known if type_ == owned(result) and type_.arguments]
    sources = alike or [found.source for _, found in known]
    if not alike and "::" not in after.unit and len(sources) > 1:
        draft.note(f"`{sources[0]}` is taken for what is conserved: say if it is another argument")
        sources = sources[:1]
    return " + ".join(sources) or None


def _in_place(draft: Draft, callee: Callee) -> Shape | None:
    """The call changes its object or its arguments: add up before and after."""
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    held = [(a, amount(draft, a.type, a.name)) for a in draft.arguments]
    changed = [found for a, found in held if found and a.pattern.startswith("mut ")]
    if not changed:
        return None
    source = " + ".join(f.source for f in changed if f.unit == changed[0].unit)
    zero = _zero(draft, changed[0])
    call = statement(callee, draft.call(callee, given, receiver))
    return Shape(
        "conservation.rs.j2",
        {"before": None if zero else source, "statement": call, "after": source,
         "expected": zero or "before"},
    )  # fmt: skip


def _shape(call: str, after: Amount | None, expected: str) -> Shape:
    line = f"let result = {call};" if call else ""
    values = {"before": None, "statement": line, "after": after.source if after else "",
              "expected": expected}  # fmt: skip
    return Shape("conservation.rs.j2", values)
