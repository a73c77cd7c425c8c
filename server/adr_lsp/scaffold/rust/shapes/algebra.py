"""Idempotence, commutativity, associativity: laws of one operation."""

from __future__ import annotations

from adr_lsp.scaffold.rust.callee import Callee, Parameter, result_of
from adr_lsp.scaffold.rust.draft import Argument, Draft, Shape
from adr_lsp.scaffold.rust.expression import Call, Then
from adr_lsp.scaffold.rust.passing import fitted, owned, passed
from adr_lsp.scaffold.rust.types import Type

_ORDERED = frozenset({"Vec", "VecDeque"})
_SHUFFLED = "prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle()))"


def idempotence(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        if callee.mutates:
            return _again_in_place(draft, callee)
        return _again(draft, callee)
    return None


def _again(draft: Draft, callee: Callee) -> Shape | None:
    inner = result_of(callee.returns)[1]
    takes = owned(callee.parameters[0].type) if callee.parameters else None
    maps = takes == owned(inner) and takes != callee.owner
    if callee.is_method and not maps and owned(inner) != callee.owner:
        return None
    if not callee.is_method and not callee.parameters:
        return None
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    first, type_ = draft.accepted(callee, draft.call(callee, given, receiver))
    once = Type("&", (type_,)) if type_.name == "&" else type_
    if maps:
        head = callee.parameters[0]
        value = passed(draft.code, head.type, "once")
        given = {**given, head.name: fitted(head.type, once, "once") if once.name == "&" else value}
        again = draft.call(callee, given, receiver)
    elif callee.is_method:
        again = draft.call(callee, given, "once")
    else:
        head = callee.parameters[0]
        given = {**given, head.name: passed(draft.code, head.type, "once")}
        draft.note(f"what `{callee.name}` gives is not of the type that it takes")
        again = draft.call(callee, given)
    again, _ = draft.plain(callee, again)
    kind = result_of(callee.returns)[0]
    expected = "Some(once)" if kind else "once"
    return Shape("idempotence.rs.j2", {"first": first, "again": again, "expected": expected})


def _again_in_place(draft: Draft, callee: Callee) -> Shape | None:
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    lent = (value.removeprefix("&mut ") for value in given.values() if value.startswith("&mut "))
    changed = receiver if callee.receiver == "&mut" else next(lent)
    type_ = draft.type_of(changed)
    draft.doubt_equality(type_)
    call = statement(callee, draft.call(callee, given, receiver))
    copy = draft.clone(changed, type_)
    return Shape("idempotence.rs.j2", {"changed": changed, "call": call, "copy": copy})


def statement(callee: Callee, call: str) -> str:
    """A call whose result is of no interest."""
    plain = callee.returns.name == "()" and not callee.returns.arguments
    return f"{call};" if plain else f"let _ = {call};"


def commutativity(draft: Draft) -> Shape | None:
    callees = list(draft.callees())
    if not callees:
        return None
    if len(callees) > 1 and not any(c.mutates for c in callees[:2]):
        return _two_operations(draft, callees[0], callees[1])
    callee = callees[0]
    takes = [owned(p.type) for p in callee.parameters]
    if callee.is_method and callee.owner is not None:
        if takes and takes[0] == callee.owner:
            return _operands(draft, callee, 2)
        return _any_order(draft, callee) or _steps(draft, callee)
    if len(takes) >= 2 and takes[0] == takes[1]:
        return _operands(draft, callee, 2)
    return _any_order(draft, callee)


def associativity(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        takes = [owned(p.type) for p in callee.parameters]
        own = callee.is_method and takes[:1] == [callee.owner]
        if own or (not callee.is_method and len(takes) >= 2 and takes[0] == takes[1]):
            return _operands(draft, callee, 3)
    return None


def _operands(draft: Draft, callee: Callee, count: int) -> Shape | None:
    """Two values in both orders, or three in both groupings."""
    names = ("left", "right") if count == 2 else ("first", "second", "third")
    operand = (
        callee.owner if callee.is_method and callee.owner else owned(callee.parameters[0].type)
    )
    drawn = [draft.add(name, draft.strategies.of(operand), operand) for name in names]
    rest = callee.parameters[1:] if callee.is_method else callee.parameters[2:]
    others = draft.draw_all(rest)
    if callee.mutates:
        return _in_place(draft, callee, drawn, others, operand)
    inner = result_of(callee.returns)[1]
    closed = owned(inner) == operand
    if count == 3 and not closed:
        return None

    def joined(one: str, other: str, types: tuple[Type, Type]) -> str:
        return _joined(draft, callee, (one, other), types, others)

    plain = (operand, operand)
    if count == 2:
        there, _ = draft.plain(callee, joined(drawn[0], drawn[1], plain))
        back, _ = draft.plain(callee, joined(drawn[1], drawn[0], plain))
        kind = result_of(callee.returns)[0]
        return Shape("equal.rs.j2", {"there": there, "back": back, "optional": bool(kind)})
    a, b, c = drawn
    left, _ = draft.accepted(callee, joined(a, b, plain))
    right, _ = draft.accepted(callee, joined(b, c, plain))
    there, _ = draft.plain(callee, joined("(left)", c, (inner, operand)))
    back, _ = draft.plain(callee, joined(a, "(right)", (operand, inner)))
    return Shape("associativity.rs.j2", {
        "left": left, "right": right, "there": there.replace("(left)", "left"),
        "back": back.replace("(right)", "right"),
    })  # fmt: skip


def _joined(
    draft: Draft, callee: Callee, pair: tuple[str, str], types: tuple[Type, Type],
    others: dict[str, str],
) -> str:  # fmt: skip
    """One operation on two values; a value in brackets is a result and is given away."""

    def source(parameter: Parameter, value: str, type_: Type) -> str:
        fresh = value.startswith("(")
        made = fitted(parameter.type, type_, value.strip("()"))
        return made if fresh else passed(draft.code, parameter.type, value)

    if callee.is_method:
        head = callee.parameters[0]
        given = {head.name: source(head, pair[1], types[1]), **others}
        return draft.call(callee, given, pair[0])
    one, other = callee.parameters[:2]
    given = {one.name: source(one, pair[0], types[0]), other.name: source(other, pair[1], types[1])}
    return draft.call(callee, {**given, **others})


def _in_place(
    draft: Draft, callee: Callee, drawn: list[str], others: dict[str, str], operand: Type
) -> Shape | None:
    """Copies take each other in."""

    def joined(changed: str, value: str) -> str:
        if callee.is_method:
            given = {callee.parameters[0].name: passed(
                draft.code, callee.parameters[0].type, value), **others}  # fmt: skip
            return statement(callee, draft.call(callee, given, changed))
        one, other = callee.parameters[:2]
        given = {one.name: f"&mut {changed}", other.name: passed(draft.code, other.type, value)}
        return statement(callee, draft.call(callee, {**given, **others}))

    draft.doubt_equality(operand)
    copies = [draft.clone(name, operand) for name in drawn]
    if len(drawn) == 2:
        steps = [f"let mut one = {copies[0]};", joined("one", drawn[1]),
                 f"let mut other = {copies[1]};", joined("other", drawn[0])]  # fmt: skip
    else:
        steps = [f"let mut one = {copies[0]};", joined("one", drawn[1]), joined("one", drawn[2]),
                 f"let mut inner = {copies[1]};", joined("inner", drawn[2]),
                 f"let mut other = {copies[0]};", joined("other", "inner")]  # fmt: skip
    return Shape("steps.rs.j2", {"steps": steps, "compared": "prop_assert_eq!(one, other);"})


def _two_operations(draft: Draft, first: Callee, second: Callee) -> Shape | None:
    """Two operations on one value: which comes first makes no difference."""
    if any(len(c.parameters) != 1 or c.is_method for c in (first, second)):
        return None
    value = draft.draw(first.parameters[0])
    one, other = first.parameters[0], second.parameters[0]

    def both(a: Callee, b: Callee) -> str:
        pa, pb = a.parameters[0], b.parameters[0]
        inner, gives = draft.accepted(a, draft.call(a, {pa.name: draft.given(pa, value)}))
        return draft.plain(b, draft.call(b, {pb.name: fitted(pb.type, gives, inner)}))[0]

    if owned(one.type) != owned(other.type):
        return None
    kind = result_of(second.returns)[0]
    values = {"there": both(first, second), "back": both(second, first), "optional": bool(kind)}
    return Shape("equal.rs.j2", values)


def _any_order(draft: Draft, callee: Callee) -> Shape | None:
    """One argument is a sequence: draw it in two orders."""
    ordered = next((p for p in callee.parameters if owned(p.type).name in _ORDERED), None)
    if ordered is None or callee.mutates:
        return None
    receiver = draft.receiver(callee)
    _two_orders(draft, owned(ordered.type))
    rest = draft.draw_all(p for p in callee.parameters if p is not ordered)
    sides = []
    for name in ("one", "other"):
        given = {**rest, ordered.name: passed(draft.code, ordered.type, name)}
        sides.append(draft.plain(callee, draft.call(callee, given, receiver))[0])
    kind = result_of(callee.returns)[0]
    return Shape("equal.rs.j2", {"there": sides[0], "back": sides[1], "optional": bool(kind)})


def _two_orders(draft: Draft, type_: Type) -> None:
    draft.names.local("one")
    draft.names.local("other")
    strategy = Then(draft.strategies.of(type_), _SHUFFLED)
    draft.arguments.append(_pair(strategy, type_))


def _pair(strategy: Then, type_: Type) -> Argument:
    return Argument("one", strategy, type_, "(one, other)")


def _steps(draft: Draft, callee: Callee) -> Shape | None:
    """What is done to an object, in two orders."""
    if callee.receiver != "&mut" or not callee.parameters or callee.owner is None:
        return None
    subject = draft.draw_object(callee.owner)
    inner = [draft.strategies.of(owned(p.type)) for p in callee.parameters]
    step = inner[0] if len(inner) == 1 else Call("", tuple(inner))
    many = Call("prop::collection::vec", (step, "0..8"))
    draft.names.local("one")
    draft.names.local("other")
    draft.arguments.append(_pair(Then(many, _SHUFFLED), Type("Vec")))
    names = [p.name if p.name not in ("one", "other", subject) else f"{p.name}_"
             for p in callee.parameters]  # fmt: skip
    pattern = names[0] if len(names) == 1 else f"({', '.join(names)})"
    given = {p.name: draft.given(p, n).replace(f"{n}.clone()", n)
             for p, n in zip(callee.parameters, names, strict=True)}  # fmt: skip
    copy = draft.clone(subject, callee.owner)
    draft.doubt_equality(callee.owner)
    lines = []
    for name, steps in (("there", "one"), ("back", "other")):
        call = statement(callee, draft.call(callee, given, name))
        start = copy if name == "there" else subject
        lines += [f"let mut {name} = {start};", f"for {pattern} in {steps} {{", f"    {call}", "}"]
    return Shape("steps.rs.j2", {"steps": lines, "compared": "prop_assert_eq!(there, back);"})
