"""Associativity: how a combination is grouped does not matter."""

from __future__ import annotations

from collections.abc import Iterator

import griffe

from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.callee import Callee, function_callee
from adr_lsp.scaffold.python.draft import Draft, Shape

_THREE = ("a", "b", "c")


def associativity(draft: Draft) -> Shape | None:
    for callee in _callees(draft):
        takes = [draft.hint(parameter) for parameter in callee.required]
        if callee.kind == "method" and callee.owner:
            own = (Hint(callee.owner.path), UNKNOWN, Hint("object"))
            if takes and takes[0] in own:
                return _method(draft, callee)
        elif len(takes) >= 2 and takes[0] == takes[1]:
            return _function(draft, callee)
    return None


def _callees(draft: Draft) -> Iterator[Callee]:
    """The targets; of a class, its methods and operators."""
    for found in draft.targets:
        if isinstance(found.object, griffe.Class):
            members = found.object.members.values()
            functions = [m for m in members if isinstance(m, griffe.Function)]
            combining = [f for f in functions if f.name not in ("__init__", "__eq__", "__lt__")]
            yield from (function_callee(draft.code, f, f.name) for f in combining)
        elif callee := draft.callee(found):
            yield callee


def _function(draft: Draft, callee: Callee) -> Shape:
    one, other = callee.required[:2]
    a, b, c = (draft.draw(one, name) for name in _THREE)
    rest = draft.draw_all(callee.required[2:])

    def combined(left: str, right: str) -> str:
        return callee.call({one.name: left, other.name: right, **rest})

    if callee.mutates:
        first, second = one.name, other.name
        return _in_place(draft, (a, b, c), lambda into, taken: callee.call(
            {first: into, second: taken, **rest}))  # fmt: skip
    _doubt(draft, callee, draft.hint(one))
    return _shape(combined(combined(a, b), c), combined(a, combined(b, c)))


def _method(draft: Draft, callee: Callee) -> Shape:
    assert callee.owner is not None
    a, b, c = (draft.draw_object(callee.owner, name) for name in _THREE)
    first = callee.required[0].name
    rest = draft.draw_all(callee.required[1:])

    def combined(left: str, right: str) -> str:
        return callee.call({first: right, **rest}, left)

    if callee.mutates:
        return _in_place(draft, (a, b, c), lambda into, taken: combined(into, taken))
    _doubt(draft, callee, Hint(callee.owner.path))
    if " " in combined("a", "b"):
        return _shape(combined(f"({combined(a, b)})", c), combined(a, f"({combined(b, c)})"))
    return _shape(combined(combined(a, b), c), combined(a, combined(b, c)))


def _doubt(draft: Draft, callee: Callee, taken: Hint) -> None:
    result = draft.result(callee)
    draft.doubt_equality(result)
    if "float" in (result.name, *(part.name for part in result.arguments)):
        draft.note("floats round at each step: compare with `pytest.approx`")
    if result not in (UNKNOWN, taken):
        draft.note(f"what `{callee.name}` returns is not of the type that it takes")


def _in_place(draft: Draft, three: tuple[str, str, str], call: object) -> Shape:
    """Copies take in one another, so that what was drawn stays as it was."""
    assert callable(call)
    copy = draft.names.use("copy", "deepcopy")
    a, b, c = three
    return Shape(
        "associativity.py.j2",
        {
            "copies": f"{copy}({a}), {copy}({a}), {copy}({b})",
            "calls": [call("left", b), call("left", c), call("inner", c), call("right", "inner")],
            "vars": not draft.compares(draft.arguments[0].hint),
        },
    )


def _shape(left: str, right: str) -> Shape:
    return Shape("associativity.py.j2", {"left": left, "right": right})
