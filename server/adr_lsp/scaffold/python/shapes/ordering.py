"""Ordering: what comes out, or what is held, stands in order."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.direction import descends
from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.machine import SEQUENCES, owner_of, views
from adr_lsp.scaffold.python.order import compared, field_named
from adr_lsp.scaffold.python.watched import changes, watched


def ordering(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found) if isinstance(found.object, griffe.Function) else None
        if callee is not None and draft.result(callee).name in SEQUENCES:
            return _of_result(draft, callee)
    cls = owner_of(draft)
    return _of_object(draft, cls) if cls is not None and changes(draft, cls) else None


def _of_result(draft: Draft, callee: Callee) -> Shape:
    receiver = draft.receiver(callee)
    call = callee.call(draft.draw_all(callee.required), receiver)
    if not call.startswith("list("):
        call = f"list({call})"
    return Shape("ordering.py.j2", {"call": call, "by": _by(draft, draft.result(callee))})


def _by(draft: Draft, hint: Hint) -> str:
    """The rest of the call of `sorted`: by which field, and in which direction."""
    element = hint.arguments[0] if hint.arguments else UNKNOWN
    name = field_named(draft, element)
    by = f", key=lambda each: each.{name}" if name else ""
    if not name and element != UNKNOWN and not compared(draft, element):
        draft.note("say by what it is ordered")
        by = ", key=..."
    return by + (", reverse=True" if descends(draft.statement) else "")


def _of_object(draft: Draft, cls: griffe.Class) -> Shape | None:
    seen = views(draft, cls)
    view, hint = seen[0] if seen else ("", UNKNOWN)
    made = watched(draft, cls, view)
    if made is None:
        return None
    if not seen:
        draft.note(f"say how to read everything that {made.subject} holds, in its order")
    shown = f"list(self.{made.subject}{view})" if seen else "..."
    return Shape("in_order.py.j2", {**made.values, "view": shown, "by": _by(draft, hint)})
