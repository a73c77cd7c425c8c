"""Conservation: what goes in comes out, no more and no less."""

from __future__ import annotations

import re

from adr_lsp.scaffold.typescript.amounts import Amount, amount
from adr_lsp.scaffold.typescript.callee import Callee
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint

_ZERO = re.compile(r"\bzero\b|\bto nothing\b|(?:\bis|\bequals?|\bto|=) 0\b", re.IGNORECASE)


def conservation(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        return _of_call(draft, callee)
    cls = draft.cls()
    return _of_object(draft, Hint(cls.key)) if cls else None


def _of_object(draft: Draft, own: Hint) -> Shape | None:
    """Every object of a class holds the sum that the statement says."""
    subject = draft.hold("subject", draft.draw_object(own))
    held = amount(draft.types, own, subject)
    if held is None:
        return None
    if _ZERO.search(draft.statement):
        return Shape("property", (draft.asserting.is_value(held.source, _zero(held)),))
    stated = draft.asserting.is_value(held.source, "whatItIsEqualTo")
    return Shape("property", draft.blank(stated))


def _zero(found: Amount) -> str:
    return "0n" if found.kind == "bigint" else "0"


def _of_call(draft: Draft, callee: Callee) -> Shape | None:
    after = amount(draft.types, callee.returns, "result")
    if draft.changes(callee) or (after is None and (callee.kind == "method" or callee.mutates)):
        return _in_place(draft, callee)
    if after is None:
        return None
    receiver = draft.receiver(callee)
    call = f"const result = {callee.call(draft.draw_all(callee), receiver)};"
    if _ZERO.search(draft.statement):
        return Shape("property", (call, draft.asserting.is_value(after.source, _zero(after))))
    before = _taken(draft, callee.returns, after)
    if before is None:
        stated = draft.asserting.is_value(after.source, "whatWentIn")
        return Shape("property", (call, *draft.blank(stated)))
    return Shape("property", (call, draft.asserting.is_value(after.source, before)))


def _taken(draft: Draft, result: Hint, after: Amount) -> str | None:
    """What the arguments hold of the unit that the result holds.

    Of several plain numbers only the first can be meant: the others are rates or counts.
    """
    held = [(a.hint, amount(draft.types, a.hint, a.name)) for a in draft.arguments]
    known = [(hint, found) for hint, found in held if found and found.unit == after.unit]
    alike = [f.source for hint, f in known if draft.same(hint, result) and f.source != after.source]
    composed = [source for source in alike if "." in source]
    sources = composed or [found.source for _, found in known]
    if not composed and "#" not in after.unit and len(sources) > 1:
        draft.note(f"`{sources[0]}` is taken for what is conserved: say if it is another argument")
        sources = sources[:1]
    return " + ".join(sources) or None


def _in_place(draft: Draft, callee: Callee) -> Shape | None:
    """The call changes its object or its arguments: add up before and after."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee)
    hints = {values[p.name]: p.hint for p in callee.required}
    if receiver and callee.owner:
        hints = {receiver: Hint(callee.owner.key), **hints}
    held = [found for name, hint in hints.items() if (found := amount(draft.types, hint, name))]
    changed = [found for found in held if "." in found.source]
    if not changed:
        return None
    chosen = [found for found in changed if found.unit == changed[0].unit]
    source = " + ".join(found.source for found in chosen)
    call = f"{callee.call(values, receiver)};"
    if _ZERO.search(draft.statement):
        return Shape("property", (call, draft.asserting.is_value(source, _zero(chosen[0]))))
    before, after = f"const before = {source};", f"const after = {source};"
    return Shape("property", (before, call, after, draft.asserting.is_value("after", "before")))
