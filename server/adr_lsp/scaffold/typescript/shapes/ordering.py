"""Ordering: what comes out stands in order."""

from __future__ import annotations

import re

from adr_lsp.scaffold.direction import descends
from adr_lsp.scaffold.typescript.callee import Callee
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import NUMBER, STRING, Hint
from adr_lsp.scaffold.typescript.machine import fields_of, views

_FAVOURED = ("rank", "position", "priority", "order", "date", "time", "at", "createdAt", "price",
             "score", "sequence", "start", "name", "id")  # fmt: skip
_COMPARED = ("number", "bigint", "string", "Date")


def ordering(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        return _of_call(draft, callee)
    cls = draft.cls()
    if cls is None:
        return None
    own = Hint(cls.key)
    name = draft.hold("subject", draft.draw_object(own))
    shown = [view for view in views(draft, own) if view[1].name == "array"]
    return _stated(draft, (), f"{name}{shown[0][0]}", shown[0][1]) if shown else None


def _of_call(draft: Draft, callee: Callee) -> Shape | None:
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee)
    call = callee.call(values, receiver)
    if draft.element(callee.returns) is not None:
        return _stated(draft, (f"const result = {call};",), "result", callee.returns)
    for parameter in callee.required:
        if parameter.name in callee.mutates and draft.element(parameter.hint):
            return _stated(draft, (f"{call};",), values[parameter.name], parameter.hint)
    if receiver and callee.owner:
        shown = [v for v in views(draft, Hint(callee.owner.key)) if v[1].name == "array"]
        if shown:
            return _stated(draft, (f"{call};",), f"{receiver}{shown[0][0]}", shown[0][1])
    return None


def _stated(draft: Draft, lines: tuple[str, ...], source: str, hint: Hint) -> Shape | None:
    element = draft.element(hint)
    if element is None:
        return None
    path, kind = _key(draft, element)
    if not kind:
        stated = draft.asserting.equal(source, "theSameInOrder")
        return Shape("property", (*lines, *draft.blank(stated)))
    keys = f"{source}.map((item) => item{path})" if path else source
    if kind == "Date":
        keys = f"{source}.map((item) => item{path}.getTime())"
    one, other = ("b", "a") if descends(draft.statement) else ("a", "b")
    below = f"{one} < {other} ? -1 : {one} > {other} ? 1 : 0"
    compared = f"{one} - {other}" if kind in ("number", "Date") else below
    if keys == source:
        expected = f"[...{source}].sort((a, b) => {compared})"
        return Shape("property", (*lines, draft.asserting.equal(source, expected)))
    held = f"const keys = {keys};"
    expected = f"[...keys].sort((a, b) => {compared})"
    return Shape("property", (*lines, held, draft.asserting.equal("keys", expected)))


def _key(draft: Draft, element: Hint) -> tuple[str, str]:
    """What is compared: the values, or the field that the statement names."""
    plain = draft.types.expanded(element)
    if plain in (NUMBER, STRING) or plain.name in _COMPARED:
        return "", plain.name
    shown = [(name, draft.types.expanded(hint).name) for name, hint in fields_of(draft, element)]
    able = [(name, kind) for name, kind in shown if kind in _COMPARED]
    words = set(re.findall(r"\w+", draft.statement.lower()))
    for name, kind in able:
        if _spelled(name) <= words:
            return f".{name}", kind
    for favoured in _FAVOURED:
        for name, kind in able:
            if name == favoured:
                draft.note(f"`{name}` is taken for what is compared: say if it is another field")
                return f".{name}", kind
    return "", ""


def _spelled(name: str) -> set[str]:
    plain = re.sub(r"\W", "", name)
    return {part.lower() for part in re.split(r"(?<=[a-z0-9])(?=[A-Z])|_", plain) if part}
