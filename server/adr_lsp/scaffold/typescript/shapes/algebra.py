"""Laws of an operation: it can be repeated, turned around, regrouped."""

from __future__ import annotations

from adr_lsp.scaffold.typescript.amounts import readable
from adr_lsp.scaffold.typescript.callee import Callee, Parameter
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.expression import Then
from adr_lsp.scaffold.typescript.hint import NOTHING, Hint

_ORDERS = (
    ".chain((values) => fc.tuple(fc.constant(values), "
    "fc.shuffledSubarray(values, { minLength: values.length })))"
)


def idempotence(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        receiver = draft.receiver(callee)
        values = draft.draw_all(callee)
        if draft.changes(callee):
            return _changed_again(draft, callee, receiver, values)
        return _applied_again(draft, callee, receiver, values)
    return None


def _applied_again(
    draft: Draft, callee: Callee, receiver: str, values: dict[str, str]
) -> Shape | None:
    own = callee.owner.key if callee.owner else ""
    if receiver and callee.returns.name == own:
        again = callee.call(values, "once")
    elif values:
        first = callee.required[0]
        again = callee.call({**values, first.name: "once"}, receiver)
        known = "?" not in (callee.returns.name, first.hint.name)
        if known and not draft.same(callee.returns, first.hint):
            return None
    else:
        return None
    once = f"const once = {callee.call(values, receiver)};"
    return Shape("property", (once, *draft.alike(callee.returns, again, "once")))


def _changed_again(
    draft: Draft, callee: Callee, receiver: str, values: dict[str, str]
) -> Shape | None:
    """What the call changes is afterwards the same as after the first time."""
    changed = _changed(callee, receiver, values)
    if not changed:
        return None
    seen = changed
    if receiver == changed and callee.owner:
        shown = [name for name, _ in readable(draft.types, callee.owner)]
        seen = f"[{', '.join(f'{receiver}.{name}' for name in shown)}]"
        if not shown:
            return None
    call = callee.call(values, receiver)
    once = f"const once = structuredClone({seen});"
    return Shape("property", (f"{call};", once, f"{call};", draft.asserting.equal(seen, "once")))


def _changed(callee: Callee, receiver: str, values: dict[str, str]) -> str:
    if receiver and "this" in callee.mutates:
        return receiver
    return next((values[name] for name in values if name in callee.mutates), receiver)


def commutativity(draft: Draft) -> Shape | None:
    callees = [callee for callee in draft.functions() if callee.kind != "class"]
    if not callees:
        return None
    if len(callees) > 1 and all(len(c.required) == 1 and c.kind == "function" for c in callees[:2]):
        return _two_operations(draft, callees[0], callees[1])
    callee = callees[0]
    takes = callee.required
    if callee.kind == "method" and callee.owner and takes:
        alike = takes[0].hint.name in (callee.owner.key, "?", "unknown")
        return _method(draft, callee) if alike else _any_order(draft, callee)
    if len(takes) >= 2 and draft.same(takes[0].hint, takes[1].hint):
        return _function(draft, callee)
    return _any_order(draft, callee)


def _function(draft: Draft, callee: Callee) -> Shape:
    one, other = callee.required[:2]
    if draft.changes(callee):
        draft.note(f"`{callee.name}` changes what it is given: compare what both became")
    left, right = draft.draw(one), draft.draw(other)
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required[2:]}
    there = callee.call({one.name: left, other.name: right, **rest})
    back = callee.call({one.name: right, other.name: left, **rest})
    return Shape("property", draft.alike(callee.returns, there, back))


def _method(draft: Draft, callee: Callee) -> Shape:
    assert callee.owner is not None
    first, *others = callee.required
    own = Hint(callee.owner.key)
    one, other = draft.draw_object(own, "left"), draft.draw_object(own, "right")
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in others}
    if draft.changes(callee):
        left, right = draft.hold("left", one), draft.hold("right", other)
        lines = (
            f"{callee.call({first.name: other, **rest}, left)};",
            f"{callee.call({first.name: one, **rest}, right)};",
            *draft.alike(own, left, right),
        )
        return Shape("property", lines)
    left, right = draft.hold("left", one), draft.hold("right", other)
    there = callee.call({first.name: right, **rest}, left)
    back = callee.call({first.name: left, **rest}, right)
    return Shape("property", draft.alike(callee.returns, there, back))


def _two_operations(draft: Draft, first: Callee, second: Callee) -> Shape:
    """Two operations on one value: which comes first makes no difference."""
    value = draft.draw(first.required[0])
    one, other = first.required[0].name, second.required[0].name
    there = second.call({other: first.call({one: value})})
    back = first.call({one: second.call({other: value})})
    return Shape("property", (draft.asserting.equal(there, back),))


def _any_order(draft: Draft, callee: Callee) -> Shape | None:
    """One argument is a list: draw it in two orders."""
    ordered = next((p for p in callee.required if draft.element(p.hint)), None)
    if ordered is None or draft.types.expanded(ordered.hint).name != "array":
        return None
    receiver = draft.receiver(callee)
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required if p is not ordered}
    one, other = two_orders(draft, ordered)
    there = callee.call(_in_turn(callee, {**rest, ordered.name: one}), receiver)
    back = callee.call(_in_turn(callee, {**rest, ordered.name: other}), receiver)
    return Shape("property", (draft.asserting.equal(there, back),))


def _in_turn(callee: Callee, values: dict[str, str]) -> dict[str, str]:
    return {p.name: values[p.name] for p in callee.required}


def two_orders(draft: Draft, parameter: Parameter) -> tuple[str, str]:
    """Draw a list in two orders."""
    drawn = draft.arbitraries.of_parameter(parameter)
    draft.add("orders", Then(drawn, _ORDERS), parameter.hint)
    name = draft.arguments[-1].name
    one, other = draft.names.local("one"), draft.names.local("other")
    draft.setup.append(f"const [{one}, {other}] = {name};")
    return one, other


def associativity(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        if callee.kind == "method" and callee.owner and callee.required:
            return _regrouped_method(draft, callee)
        takes = callee.required
        if len(takes) >= 2 and draft.same(takes[0].hint, takes[1].hint):
            return _regrouped(draft, callee)
    return None


def _regrouped(draft: Draft, callee: Callee) -> Shape | None:
    if callee.returns in NOTHING:
        return None
    one, other = callee.required[:2]
    a, b, c = (draft.draw(one, name) for name in ("a", "b", "c"))
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required[2:]}

    def apply(left: str, right: str) -> str:
        return callee.call({one.name: left, other.name: right, **rest})

    stated = draft.alike(callee.returns, apply(apply(a, b), c), apply(a, apply(b, c)))
    return Shape("property", stated)


def _regrouped_method(draft: Draft, callee: Callee) -> Shape | None:
    assert callee.owner is not None
    own = Hint(callee.owner.key)
    first = callee.required[0]
    if first.hint.name not in (own.name, "?", "unknown") or callee.returns in NOTHING:
        return None
    made = [draft.hold(name, draft.draw_object(own, name)) for name in ("a", "b", "c")]
    a, b, c = made

    def apply(left: str, right: str) -> str:
        called = callee.call({first.name: right}, left)
        return f"({called})" if callee.is_async else called

    stated = draft.alike(own, apply(apply(a, b), c), apply(a, apply(b, c)))
    return Shape("property", stated)
