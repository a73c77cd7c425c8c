"""Idempotence: a second time changes nothing."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.draft import Draft, Shape


def idempotence(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is not None and callee.kind != "class":
            return _shape(draft, callee)
    return None


def _shape(draft: Draft, callee: Callee) -> Shape | None:
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    if callee.mutates:
        return _in_place(draft, callee, receiver, values)
    first = callee.call(values, receiver)
    if receiver and not _maps_its_argument(draft, callee):
        again = callee.call(values, "once")
    elif values:
        again = callee.call({**values, callee.required[0].name: "once"}, receiver)
        if draft.result(callee) != draft.hint(callee.required[0]):
            draft.note(f"what `{callee.name}` returns is not of the type that it takes")
    else:
        return None
    draft.doubt_equality(draft.result(callee))
    return Shape("idempotence.py.j2", {"first": first, "again": again, "changed": ""})


def _maps_its_argument(draft: Draft, callee: Callee) -> bool:
    takes = [draft.hint(parameter) for parameter in callee.required[:1]]
    owner = callee.owner.path if isinstance(callee.owner, griffe.Class) else ""
    return takes == [draft.result(callee)] and takes[0].name != owner


def _in_place(draft: Draft, callee: Callee, receiver: str, values: dict[str, str]) -> Shape | None:
    changed = receiver or next(iter(values.values()), "")
    if not changed:
        return None
    copy = draft.names.use("copy", "deepcopy")
    seen = changed if draft.compares(draft.arguments[0].hint) else f"vars({changed})"
    call = callee.call(values, receiver)
    return Shape(
        "idempotence.py.j2", {"first": call, "again": call, "changed": seen, "deepcopy": copy}
    )
