"""Uniqueness: no two of many are the same."""

from __future__ import annotations

from dataclasses import replace

import griffe

from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.callee import Callee, fields
from adr_lsp.scaffold.python.draft import Draft, Shape, plural
from adr_lsp.scaffold.python.expression import Call
from adr_lsp.scaffold.python.keys import few
from adr_lsp.scaffold.python.machine import SEQUENCES, owner_of, views
from adr_lsp.scaffold.python.order import field_named
from adr_lsp.scaffold.python.watched import changes, watched

_HASHED = frozenset({"int", "str", "bytes", "float", "uuid.UUID", "datetime.date", "bool"})


def uniqueness(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found) if isinstance(found.object, griffe.Function) else None
        if callee is None or callee.mutates:
            continue
        if draft.result(callee).name in SEQUENCES:
            return _of_result(draft, callee)
        if draft.result(callee).name != "bool":
            return _of_calls(draft, callee)
    cls = owner_of(draft)
    return _of_object(draft, cls) if cls is not None and changes(draft, cls) else None


def _keys(draft: Draft, many: str, hint: Hint) -> str:
    """What tells the elements apart, one for each."""
    element = hint.arguments[0] if hint.arguments else UNKNOWN
    name = field_named(draft, element, keys=True)
    if name:
        return f"[each.{name} for each in {many}]"
    return many if many == "result" else f"list({many})"


def _of_result(draft: Draft, callee: Callee) -> Shape:
    receiver = draft.receiver(callee)
    call = callee.call(draft.draw_all(callee.required), receiver)
    keys = _keys(draft, "result", draft.result(callee))
    return Shape("uniqueness.py.j2", {"call": call, "keys": keys})


def _of_calls(draft: Draft, callee: Callee) -> Shape:
    """Many calls give as many results: for any arguments where an object or nothing is asked,
    for different ones where the result can depend on nothing else."""
    receiver = draft.receiver(callee)
    if not callee.required:
        times = draft.add("times", Call("st.integers", ("2", "30")), "int", Hint("int"))
        made = f"[{callee.call({}, receiver)} for _ in range({times})]"
    else:
        first, *others = callee.required
        drawn = draft.draw(first, plural(first.name))
        rest = draft.draw_all(others)
        _many(draft, distinct=not receiver)
        made = f"[{callee.call({**rest, first.name: 'each'}, receiver)} for each in {drawn}]"
    return Shape("uniqueness.py.j2", {"call": "", "keys": made})


def _many(draft: Draft, distinct: bool) -> None:
    """The argument that was drawn first becomes a list of its kind."""
    place = 1 if len(draft.arguments) > 1 and not distinct else 0
    one = draft.arguments[place]
    hashed = one.hint.name in _HASHED
    apart = (("unique", "True"),) if hashed else (("unique_by", "repr"),)
    keywords = apart if distinct else ()
    annotation = f"list[{one.annotation}]" if one.annotation else None
    strategy = Call("st.lists", (one.strategy,), keywords)
    draft.arguments[place] = replace(one, strategy=strategy, annotation=annotation)


def _of_object(draft: Draft, cls: griffe.Class) -> Shape | None:
    seen = views(draft, cls)
    view, hint = seen[0] if seen else ("", UNKNOWN)
    _choose_few(draft, hint)
    made = watched(draft, cls, view)
    if made is None:
        return None
    if not seen:
        draft.note(f"say how to read everything that {made.subject} holds")
    keys = _keys(draft, f"self.{made.subject}{view}", hint) if seen else "..."
    return Shape("all_differ.py.j2", {**made.values, "keys": keys})


def _choose_few(draft: Draft, hint: Hint) -> None:
    """Few values of what must differ, so that some meet."""
    element = hint.arguments[0] if hint.arguments else UNKNOWN
    name = field_named(draft, element, keys=True)
    thing = draft.code.definition(element.name) if name else None
    known = fields(draft.code, thing) if isinstance(thing, griffe.Class) else ()
    for field in known:
        pool = few(draft, draft.hint(field)) if field.name == name else None
        if pool is not None:
            draft.strategies.chosen[element.name, field.name] = pool
