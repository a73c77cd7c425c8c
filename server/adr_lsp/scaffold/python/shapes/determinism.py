"""Determinism: the same in gives the same out."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.callee import Callee
from adr_lsp.scaffold.python.draft import Draft, Shape


def determinism(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is not None and not isinstance(found.object, griffe.Class):
            return _shape(draft, callee)
    return None


def _shape(draft: Draft, callee: Callee) -> Shape | None:
    """Both calls get values of their own, so that the first cannot leave a mark on the second."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    copy = draft.names.use("copy", "deepcopy")
    again = callee.call(
        {name: f"{copy}({value})" for name, value in values.items()},
        f"{copy}({receiver})" if receiver else "",
    )
    if callee.mutates:
        return _in_place(draft, callee, receiver, values)
    draft.doubt_equality(draft.result(callee))
    return Shape("determinism.py.j2", {"once": again, "again": callee.call(values, receiver)})


def _in_place(draft: Draft, callee: Callee, receiver: str, values: dict[str, str]) -> Shape | None:
    changed = receiver or next(iter(values.values()), "")
    if not changed:
        return None
    copy = draft.names.use("copy", "deepcopy")
    given = {n: f"{copy}({v})" for n, v in values.items() if v != changed}
    own = next((n for n, v in values.items() if v == changed), None)
    calls = [
        callee.call({**given, **({own: one} if own else {})}, one if receiver else "")
        for one in ("one", "other")
    ]
    return Shape(
        "determinism.py.j2",
        {"changed": f"{copy}({changed}), {copy}({changed})", "calls": calls,
         "vars": not draft.compares(draft.arguments[0].hint)},
    )  # fmt: skip
