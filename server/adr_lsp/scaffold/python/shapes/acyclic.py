"""Acyclic: whatever leads from one to the next never leads back."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.callee import Callee, fields
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.keys import few
from adr_lsp.scaffold.python.machine import SEQUENCES, methods, owner_of
from adr_lsp.scaffold.python.watched import changes, shown, watched

_MAPPINGS = frozenset({"dict", "collections.abc.Mapping", "collections.defaultdict",
                       "collections.abc.MutableMapping", "typing.Dict"})  # fmt: skip
_MANY = SEQUENCES | {"set", "frozenset", "collections.abc.Set"}


def acyclic(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found) if isinstance(found.object, griffe.Function) else None
        if callee is not None and not callee.mutates and _is_graph(draft, draft.result(callee)):
            return _of_result(draft, callee)
    cls = owner_of(draft)
    return _of_object(draft, cls) if cls is not None and changes(draft, cls) else None


def _of_result(draft: Draft, callee: Callee) -> Shape:
    receiver = draft.receiver(callee)
    _choose_few(draft, [callee])
    call = callee.call(draft.draw_all(callee.required), receiver)
    return _shape(draft, "acyclic.py.j2", {"call": call}, "result", draft.result(callee))


def _of_object(draft: Draft, cls: griffe.Class) -> Shape | None:
    views = shown(draft, cls, lambda hint: _is_graph(draft, hint))
    view, hint = views[0] if views else ("", UNKNOWN)
    _choose_few(draft, list(methods(draft, cls)))
    made = watched(draft, cls, view)
    if made is None:
        return None
    if not views:
        draft.note(f"say which things {made.subject} leads to from each thing")
    graph = f"self.{made.subject}{view}" if views else "..."
    return _shape(draft, "no_cycle.py.j2", made.values, graph, hint)


def _shape(draft: Draft, template: str, values: dict[str, object], graph: str, hint: Hint) -> Shape:
    cycle = draft.names.use("graphlib", "CycleError")
    sorter = draft.names.use("graphlib", "TopologicalSorter")
    helper = draft.names.top_level("cycle_in")
    edges = "..." if graph == "..." else _edges(draft, graph, hint)
    iterable = draft.names.use("collections.abc", "Iterable")
    parts = {"edges": edges, "helper": helper, "cycle": cycle, "sorter": sorter,
             "iterable": iterable}  # fmt: skip
    return Shape(template, {**values, **parts})


def _choose_few(draft: Draft, callees: list[Callee]) -> None:
    """Few things, so that what leads on can lead back."""
    for parameter in (p for callee in callees for p in callee.required):
        pool = few(draft, draft.hint(parameter))
        if pool is not None:
            draft.strategies.chosen["", parameter.name] = pool


def _is_graph(draft: Draft, hint: Hint) -> bool:
    if hint.name in _MAPPINGS:
        return True
    element = hint.arguments[0] if hint.arguments else UNKNOWN
    return hint.name in _MANY and (
        (element.name == "tuple" and len(element.arguments) == 2) or len(_ends(draft, element)) == 2
    )


def _ends(draft: Draft, element: Hint) -> list[str]:
    """The two fields of an edge, if an element is one."""
    thing = draft.code.definition(element.name) if "." in element.name else None
    if not isinstance(thing, griffe.Class):
        return []
    held = [(f.name, draft.hint(f)) for f in fields(draft.code, thing)]
    for place, (name, hint) in enumerate(held):
        other = next((n for n, h in held[place + 1 :] if h == hint), None)
        if other:
            return [name, other]
    return []


def _edges(draft: Draft, graph: str, hint: Hint) -> str:
    """What each thing leads to, as pairs."""
    if hint.name in _MAPPINGS:
        to = hint.arguments[1] if len(hint.arguments) == 2 else UNKNOWN
        if to.name in _MANY | {"?"}:
            return f"[(one, other) for one, many in {graph}.items() for other in many]"
        return f"list({graph}.items())"
    ends = _ends(draft, hint.arguments[0] if hint.arguments else UNKNOWN)
    if ends:
        return f"[(edge.{ends[0]}, edge.{ends[1]}) for edge in {graph}]"
    return f"list({graph})"
