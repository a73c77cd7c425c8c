"""Monotonic: more in gives no less out, or a value never goes back."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.direction import falls
from adr_lsp.scaffold.python.callee import Callee, Parameter
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.machine import owner_of
from adr_lsp.scaffold.python.order import compared
from adr_lsp.scaffold.python.watched import changes, shown, watched
from adr_lsp.scaffold.wording import words


def monotonic(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found) if isinstance(found.object, griffe.Function) else None
        if callee is not None and not callee.mutates and (taken := _taken(draft, callee)):
            return _of_call(draft, callee, taken)
    cls = owner_of(draft)
    return _of_object(draft, cls) if cls is not None and changes(draft, cls) else None


def _taken(draft: Draft, callee: Callee) -> Parameter | None:
    """The parameter that grows: one that the statement names, else the first with an order."""
    if not compared(draft, draft.result(callee)) and callee.returns is not None:
        return None
    able = [p for p in callee.required if compared(draft, draft.hint(p))]
    named = set(words(draft.statement))
    return next((p for p in able if p.name in named), next(iter(able), None))


def _of_call(draft: Draft, callee: Callee, taken: Parameter) -> Shape:
    receiver = draft.receiver(callee)
    lower, higher = draft.draw(taken, "lower"), draft.draw(taken, "higher")
    draft.note_refusals((taken,))
    rest = draft.draw_all(p for p in callee.required if p is not taken)
    low = callee.call({**rest, taken.name: lower}, receiver)
    high = callee.call({**rest, taken.name: higher}, receiver)
    sign = ">=" if falls(draft.statement) else "<="
    values = {"lower": lower, "higher": higher, "compared": f"{low} {sign} {high}"}
    return Shape("monotonic.py.j2", values)


def _of_object(draft: Draft, cls: griffe.Class) -> Shape | None:
    views = shown(draft, cls, lambda hint: compared(draft, hint) and hint.name != "bool")
    view = views[0][0] if views else ""
    made = watched(draft, cls, view)
    if made is None:
        return None
    if not views:
        draft.note(f"say how to read what must not go back in {made.subject}")
    return Shape(
        "never_back.py.j2",
        {**made.values, "view": f"self.{made.subject}{view}" if views else "...",
         "turned": ", reverse=True" if falls(draft.statement) else ""},
    )  # fmt: skip
