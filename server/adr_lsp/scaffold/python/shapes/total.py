"""Total: there is an answer to everything; nothing is raised."""

from __future__ import annotations

from adr_lsp.scaffold.python.draft import Draft, Shape


def total(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is None:
            continue
        receiver = draft.receiver(callee)
        values = {parameter.name: draft.draw(parameter) for parameter in callee.required}
        if callee.refusals:
            said = f"`{callee.name}` itself raises {', '.join(callee.refusals)}"
            draft.note(f"{said}: it has no answer to some of the values that are drawn")
        return Shape("total.py.j2", {"call": callee.call(values, receiver)})
    return None
