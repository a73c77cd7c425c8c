"""Commutativity: the order does not matter."""

from __future__ import annotations

from adr_lsp.scaffold.python.callee import Callee, Parameter
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.expression import Then

_ORDERED = frozenset({"list", "collections.abc.Sequence", "typing.List", "typing.Sequence",
                      "collections.abc.Iterable", "typing.Iterable", "tuple"})  # fmt: skip
_PERMUTED = ".flatmap(lambda values: st.tuples(st.just(values), st.permutations(values)))"


def commutativity(draft: Draft) -> Shape | None:
    callees = [callee for found in draft.targets if (callee := draft.callee(found))]
    callees = [callee for callee in callees if callee.kind != "class"]
    if not callees:
        return None
    if len(callees) > 1 and all(len(callee.required) == 1 for callee in callees[:2]):
        return _two_operations(draft, callees[0], callees[1])
    callee = callees[0]
    takes = [draft.hint(parameter) for parameter in callee.required]
    if callee.kind == "method" and callee.owner and takes:
        same_kind = takes[0].name in (callee.owner.path, "?", "object")
        return _method(draft, callee) if same_kind else any_order(draft, callee)
    if len(takes) >= 2 and takes[0] == takes[1]:
        return _function(draft, callee)
    return any_order(draft, callee)


def _function(draft: Draft, callee: Callee) -> Shape:
    one, other = callee.required[:2]
    left, right = draft.draw(one), draft.draw(other)
    rest = draft.draw_all(callee.required[2:])
    there = callee.call({one.name: left, other.name: right, **rest})
    back = callee.call({one.name: right, other.name: left, **rest})
    if callee.mutates:
        return _in_place(draft, callee, (left, right), rest)
    return _compared(draft, callee, there, back)


def _method(draft: Draft, callee: Callee) -> Shape:
    assert callee.owner is not None
    left = draft.draw_object(callee.owner, "left")
    right = draft.draw_object(callee.owner, "right")
    rest = draft.draw_all(callee.required[1:])
    if callee.mutates:
        return _in_place(draft, callee, (left, right), rest)
    first = callee.required[0].name
    there = callee.call({first: right, **rest}, left)
    back = callee.call({first: left, **rest}, right)
    return _compared(draft, callee, there, back)


def _compared(draft: Draft, callee: Callee, there: str, back: str) -> Shape:
    draft.doubt_equality(draft.result(callee))
    return Shape("commutativity.py.j2", {"there": there, "back": back})


def _in_place(draft: Draft, callee: Callee, pair: tuple[str, str], rest: dict[str, str]) -> Shape:
    """Each of two copies takes in the other's original."""
    copy = draft.names.use("copy", "deepcopy")
    names = [parameter.name for parameter in callee.required]
    calls = []
    for changed, given in (("one", pair[1]), ("other", pair[0])):
        if callee.kind == "method":
            calls.append(callee.call({names[0]: given, **rest}, changed))
        else:
            calls.append(callee.call({names[0]: changed, names[1]: given, **rest}))
    values: dict[str, object] = {
        "left": pair[0],
        "right": pair[1],
        "calls": calls,
        "deepcopy": copy,
    }
    values["vars"] = not draft.compares(draft.arguments[0].hint)
    return Shape("commutativity.py.j2", values)


def _two_operations(draft: Draft, first: Callee, second: Callee) -> Shape | None:
    """Two operations on one value: which comes first makes no difference."""
    receiver = draft.receiver(first)
    value = draft.draw(first.required[0])
    one, other = first.required[0].name, second.required[0].name
    if receiver or second.kind == "method":
        return None
    there = second.call({other: first.call({one: value})})
    back = first.call({one: second.call({other: value})})
    return _compared(draft, second, there, back)


def any_order(draft: Draft, callee: Callee) -> Shape | None:
    """One argument is a sequence: draw it in two orders."""
    ordered = next((p for p in callee.required if draft.hint(p).name in _ORDERED), None)
    if ordered is None:
        return None
    receiver = draft.receiver(callee)
    values: dict[str, str] = {}
    for parameter in callee.required:
        if parameter is ordered:
            values[parameter.name] = _two_orders(draft, parameter)
        else:
            values[parameter.name] = draft.draw(parameter)
    wrapped = "tuple({})" if draft.hint(ordered).name == "tuple" else "{}"
    orders = values[ordered.name]
    there = callee.call({**values, ordered.name: wrapped.format("one")}, receiver)
    back = callee.call({**values, ordered.name: wrapped.format("other")}, receiver)
    return Shape("commutativity.py.j2", {"there": there, "back": back, "orders": orders})


def _two_orders(draft: Draft, parameter: Parameter) -> str:
    drawn = draft.strategies.of_parameter(parameter)
    one = draft.annotation(parameter.annotation, parameter.scope)
    both = f"tuple[{one}, {one}]" if one else None
    return draft.add("orders", Then(drawn, _PERMUTED), both, draft.hint(parameter))
