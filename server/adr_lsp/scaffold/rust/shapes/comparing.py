"""Oracle, determinism, metamorphic, total: two calls compared, or one that only has to end."""

from __future__ import annotations

from adr_lsp.scaffold.rust.callee import Callee, Parameter, function_callee, methods, result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.passing import fitted, owned
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.types import UNIT, Type

_PLAIN = ("naive", "slow", "reference", "simple", "brute_force", "oracle", "expected", "legacy",
          "old", "model", "spec", "plain", "linear")  # fmt: skip
_QUICK = ("fast", "quick", "optimized", "optimised", "new", "cached", "vectorized", "simd")


def determinism(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        if callee.returns == UNIT or (callee.mutates and not callee.is_method):
            return None
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        if callee.mutates and callee.owner is not None:
            copy = draft.clone(receiver, callee.owner)
            draft.names.local("other")
            call = draft.plain(callee, draft.call(callee, given, receiver))[0]
            again = draft.plain(callee, draft.call(callee, given, "other"))[0]
            return Shape("steps.rs.j2", {"steps": [f"let mut other = {copy};"],
                         "compared": f"prop_assert_eq!({call}, {again});"})  # fmt: skip
        call = draft.plain(callee, draft.call(callee, given, receiver))[0]
        return Shape("equal.rs.j2", {"there": call, "back": call, "optional": False})
    return None


def total(draft: Draft) -> Shape | None:
    """A panic fails the test; there is nothing to compare."""
    for callee in draft.callees():
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        call = statement(callee, draft.call(callee, given, receiver))
        if not draft.arguments:
            return None
        return Shape("total.rs.j2", {"call": call})
    return None


def oracle(draft: Draft) -> Shape | None:
    callees = list(draft.callees())
    if not callees:
        return None
    subject, reference = callees[0], callees[1] if len(callees) > 1 else _by_name(draft, callees[0])
    if reference is not None and _is_plain(subject.name) and not _is_plain(reference.name):
        subject, reference = reference, subject
    if subject.returns == UNIT:
        return None
    receiver = draft.receiver(subject)
    given = draft.draw_all(subject.parameters)
    call = draft.plain(subject, draft.call(subject, given, receiver))[0]
    expected = _expected(draft, reference, receiver, subject)
    return Shape("oracle.rs.j2", {"call": call, "expected": expected})


def _expected(draft: Draft, reference: Callee | None, receiver: str, subject: Callee) -> str:
    if reference is None:
        draft.note("write the plain way to the same result")
        kind, inner = result_of(subject.returns)
        wanted = Type("Option", (inner,)) if kind else subject.returns
        return draft.blank("the plain way to the same result", wanted)
    drawn = list(draft.arguments)
    if reference.is_method and (receiver == "" or reference.owner != subject.owner):
        receiver = draft.receiver(reference)
    sources, used = {}, 0
    for parameter in reference.parameters:
        same = next((a for a in drawn if a.name == parameter.name), None)
        fitting = [a for a in drawn if a.type == owned(parameter.type) and a.name != receiver]
        chosen = same or (fitting[min(used, len(fitting) - 1)] if fitting else None)
        used += same is None
        name = chosen.name if chosen else draft.draw(parameter)
        sources[parameter.name] = draft.given(parameter, name)
    return draft.plain(reference, draft.call(reference, sources, receiver))[0]


def _is_plain(name: str) -> bool:
    return any(word in name.split("_") for word in _PLAIN)


def _by_name(draft: Draft, callee: Callee) -> Callee | None:
    """The other half beside it: `slow_total` for `total`, `total` for `fast_total`."""
    name = callee.name
    stems = [name] + [name.replace(f"{q}_", "").replace(f"_{q}", "") for q in (*_QUICK, *_PLAIN)]
    stems = list(dict.fromkeys(stems))
    wanted = [f"{p}_{s}" for s in stems for p in _PLAIN] + [
        f"{s}_{p}" for s in stems for p in _PLAIN
    ]
    beside = {}
    if callee.owner is not None:
        beside = {m.name: m for m in methods(draft.code, callee.owner)}
    for item in callee.module.items.values():
        if item.kind == "function":
            beside.setdefault(item.name, function_callee(draft.code, item))
    others = (*wanted, *stems[1:], *(f"{q}_{name}" for q in _QUICK))
    return next((beside[o] for o in others if o in beside and o != name), None)


def metamorphic(draft: Draft) -> Shape | None:
    """A change of the input, and what becomes of the result; of two targets, one is the change."""
    callees = [callee for callee in draft.callees() if not callee.mutates]
    if len(callees) > 1:
        for change, subject in (callees[:2], callees[1::-1]):
            if _input(change) == owned(result_of(change.returns)[1]) == _input(subject):
                return _unchanged(draft, change, subject)
    for callee in callees:
        if callee.returns == UNIT or not (callee.parameters or callee.is_method):
            continue
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        draft.note("say how the input is changed, and what becomes of the result")
        call, type_ = draft.plain(callee, draft.call(callee, given, receiver))
        blank = draft.blank("the call with the changed input", type_)
        return Shape("metamorphic.rs.j2", {"call": call, "blank": blank})
    return None


def _input(callee: Callee) -> object:
    if callee.is_method:
        return callee.owner
    return owned(callee.parameters[0].type) if callee.parameters else None


def _unchanged(draft: Draft, change: Callee, subject: Callee) -> Shape | None:
    """The change of the input leaves the result as it was."""
    receiver = draft.receiver(change)
    given = draft.draw_all(change.parameters)
    value = receiver or draft.arguments[0].name
    changed, gives = draft.accepted(change, draft.call(change, given, receiver))
    rest = draft.draw_all(subject.parameters[0 if subject.is_method else 1 :])

    def seen(source: str, fresh: bool) -> str:
        if subject.is_method:
            return draft.call(subject, rest, source)
        head: Parameter = subject.parameters[0]
        made = fitted(head.type, gives, source) if fresh else draft.given(head, source)
        return draft.call(subject, {**rest, head.name: made})

    there = draft.plain(subject, seen(changed, True))[0]
    back = draft.plain(subject, seen(value, False))[0]
    return Shape("equal.rs.j2", {"there": there, "back": back, "optional": False})
