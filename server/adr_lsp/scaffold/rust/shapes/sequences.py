"""Uniqueness, ordering, monotonic, acyclic: how things stand to each other."""

from __future__ import annotations

import re

from adr_lsp.scaffold.direction import descends, falls
from adr_lsp.scaffold.rust.amounts import LISTS, MAPS, readable, seen
from adr_lsp.scaffold.rust.callee import Callee, Parameter, result_of
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.expression import Call
from adr_lsp.scaffold.rust.keys import KEY, few
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, Type

_SUBJECT = "SUBJECT"
_NO_CYCLE = "prop_assert!(is_acyclic(edges));"
_LISTED = LISTS | {"[]"}
ACYCLIC = """\
/// Whether no path of edges leads back to where it began.
fn is_acyclic<K: Clone + PartialEq>(mut edges: Vec<(K, K)>) -> bool {
    loop {
        let before = edges.len();
        let sources: Vec<K> = edges.iter().map(|(from, _)| from.clone()).collect();
        edges.retain(|(_, to)| sources.contains(to));
        if edges.is_empty() || edges.len() == before {
            return edges.is_empty();
        }
    }
}
"""


def uniqueness(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        inner = seen(result_of(callee.returns)[1])
        if inner.name in _LISTED:
            return _no_duplicates(draft, callee)
        if callee.receiver == "&mut" and inner.name not in ("()", "bool"):
            return _fresh(draft, callee)
        if callee.mutates:
            return _kept(draft, callee)
        return _injective(draft, callee)
    for found in draft.targets:
        view = _list_of(draft, found.type) if found.type else None
        if found.type is not None and view is not None:
            drawn = draft.draw_made(found.type)
            return _distinct(draft, [], f"{drawn}{view[0]}", view[1])
    return None


def _no_duplicates(draft: Draft, callee: Callee) -> Shape:
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    call, type_ = draft.accepted(callee, draft.call(callee, given, receiver))
    return _distinct(draft, [f"let result = {call};"], "result", seen(type_))


def _kept(draft: Draft, callee: Callee) -> Shape | None:
    """What a call leaves in its object has no duplicates."""
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    changed = next((a for a in draft.arguments if a.pattern.startswith("mut ")), None)
    if changed is None:
        return None
    view = ("", changed.type) if changed.type.name in _LISTED else _list_of(draft, changed.type)
    if view is None:
        return None
    call = statement(callee, draft.call(callee, given, receiver))
    return _distinct(draft, [call], f"{changed.name}{view[0]}", seen(view[1]))


def _distinct(draft: Draft, steps: list[str], source: str, type_: Type) -> Shape:
    key = _key_of(draft, type_.first)
    part = f"&part{key}" if key else "part"
    compared = "prop_assert!((1..keys.len()).all(|n| !keys[..n].contains(&keys[n])));"
    keys = f"let keys: Vec<_> = {source}.iter().map(|part| {part}).collect();"
    if not key:
        keys = f"let keys: Vec<_> = {source}.iter().collect();"
        draft.doubt_equality(type_.first)
    return Shape("steps.rs.j2", {"steps": [*steps, keys], "compared": compared})


def _key_of(draft: Draft, type_: Type) -> str:
    """`.id` of what has one, best one that the statement names."""
    members = readable(draft, seen(type_))
    words = set(re.findall(r"\w+", draft.statement.lower()))
    told = [n for n, _ in members if n.strip(".()") in words]
    keyed = [n for n, _ in members if KEY.match(n.strip(".()"))]
    return next(iter([*told, *keyed]), "")


def _list_of(draft: Draft, type_: Type) -> tuple[str, Type] | None:
    members = readable(draft, type_)
    return next(((n, seen(t)) for n, t in members if seen(t).name in _LISTED), None)


def _fresh(draft: Draft, callee: Callee) -> Shape:
    """Each call gives something that no call gave before."""
    receiver = draft.receiver(callee)
    given = draft.draw_all(callee.parameters)
    draft.strategies.forget("every one is empty")
    count = draft.add("count", "2..50usize", Type("usize"))
    call, type_ = draft.accepted(callee, draft.call(callee, given, receiver))
    draft.doubt_equality(type_)
    key = _key_of(draft, type_)
    made = owned(type_) if type_.name != "&" else None
    steps = ["let mut keys = Vec::new();", f"for _ in 0..{count} {{",
             f"    let key = {call}{key}{'' if made else '.clone()'};",
             "    prop_assert!(!keys.contains(&key));", "    keys.push(key);", "}"]  # fmt: skip
    return Shape("steps.rs.j2", {"steps": steps[:4], "compared": "\n".join(steps[4:])})


def _injective(draft: Draft, callee: Callee) -> Shape | None:
    """What differs has different results."""
    if callee.is_method and callee.owner is not None and not callee.parameters:
        type_ = callee.owner
        one, other = (draft.draw_object(type_, name) for name in ("one", "other"))
        calls = [draft.plain(callee, draft.call(callee, {}, name))[0] for name in (one, other)]
    elif callee.parameters:
        receiver = draft.receiver(callee)
        head, *rest = callee.parameters
        type_ = owned(head.type)
        one, other = draft.draw(head, "one"), draft.draw(head, "other")
        others = draft.draw_all(rest)
        calls = [draft.plain(callee, draft.call(
            callee, {**others, head.name: draft.given(head, name)}, receiver))[0]
            for name in (one, other)]  # fmt: skip
    else:
        return None
    draft.doubt_equality(type_)
    steps = [f"prop_assume!({one} != {other});"]
    return Shape("steps.rs.j2", {"steps": steps,
                 "compared": f"prop_assert_ne!({calls[0]}, {calls[1]});"})  # fmt: skip


def ordering(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        call = draft.call(callee, given, receiver)
        inner = seen(result_of(callee.returns)[1])
        if inner.name in _LISTED:
            source, type_ = draft.accepted(callee, call)
            return _sorted(draft, [f"let result = {source};"], "result", seen(type_))
        changed = next((a for a in draft.arguments if a.pattern.startswith("mut ")), None)
        if changed is None:
            return None
        view = ("", changed.type) if changed.type.name in _LISTED else _list_of(draft, changed.type)
        if view is None:
            return None
        line = statement(callee, call)
        return _sorted(draft, [line], f"{changed.name}{view[0]}", seen(view[1]))
    for found in draft.targets:
        view = _list_of(draft, found.type) if found.type else None
        if found.type is not None and view is not None:
            return _sorted(draft, [], f"{draft.draw_made(found.type)}{view[0]}", view[1])
    return None


def _sorted(draft: Draft, steps: list[str], source: str, type_: Type) -> Shape | None:
    if type_.name in ("HashSet", "BinaryHeap", "LinkedList"):
        return None
    element = seen(type_.first)
    key = _sort_key(draft, element)
    down = descends(draft.statement)
    if type_.name not in ("Vec", "[]", "[;]"):
        steps = [*steps, f"let result: Vec<_> = {source}.iter().collect();"]
        source = "result"
    one, other = (f"pair[{n}]{key}" for n in (0, 1))
    if element.item is not None and not key and "PartialOrd" not in draft.traits(element):
        draft.note(f"`{element.item.name}` has no order of its own: say by what it is ordered")
    compared = (
        f"prop_assert!({source}.windows(2).all(|pair| {one} {'>=' if down else '<='} {other}));"
    )
    return Shape("steps.rs.j2", {"steps": steps, "compared": compared})


def _sort_key(draft: Draft, type_: Type) -> str:
    members = readable(draft, type_)
    told = re.search(r"(?:ordered|sorted|in order)\b.*?\b(?:by|of) (?:their |its |the |`)*(\w+)",
                     draft.statement)  # fmt: skip
    wanted = told[1].lower() if told else ""
    return next((n for n, _ in members if n.strip(".()") in (wanted, wanted.rstrip("s"))), "")


def monotonic(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        if callee.mutates and callee.owner is not None and callee.receiver == "&mut":
            return _never_decreases(draft, callee, callee.owner)
        head = next((p for p in callee.parameters if owned(p.type).name in
                     (*INTEGERS, *FLOATS, "Duration")), None)  # fmt: skip
        if head is None and callee.parameters:
            head = callee.parameters[0]
        if head is None or callee.mutates or not _ordered(draft, owned(head.type)):
            return None
        return _keeps_order(draft, callee, head)
    owner = draft.owner()
    acts = [m for m in draft.methods(owner) if m.receiver == "&mut"] if owner else []
    return _never_decreases(draft, acts[0], owner) if acts and owner else None


def _ordered(draft: Draft, type_: Type) -> bool:
    return type_.item is None or "PartialOrd" in draft.traits(type_)


def _keeps_order(draft: Draft, callee: Callee, head: Parameter) -> Shape | None:
    """What is larger has no smaller result."""
    receiver = draft.receiver(callee)
    one, other = draft.draw(head, "one"), draft.draw(head, "other")
    others = draft.draw_all(p for p in callee.parameters if p is not head)
    names = ("low", "high")
    calls = []
    for name in names:
        given = {**others, head.name: draft.given(head, name)}
        calls.append(draft.accepted(callee, draft.call(callee, given, receiver))[0])
    down = falls(draft.statement)
    swap = (
        f"let (low, high) = if {one} <= {other} {{ ({one}, {other}) }} else {{ ({other}, {one}) }};"
    )
    compared = f"prop_assert!({calls[0]} {'>=' if down else '<='} {calls[1]});"
    return Shape("steps.rs.j2", {"steps": [swap], "compared": compared})


def _never_decreases(draft: Draft, callee: Callee, owner: Type) -> Shape | None:
    """A number that the object shows is no smaller after a call."""
    members = [(n, seen(t)) for n, t in readable(draft, owner)]
    shown = [(n, t) for n, t in members if t.name in (*INTEGERS, *FLOATS, "Duration")]
    words = set(re.findall(r"\w+", draft.statement.lower()))
    told = [pair for pair in shown if {pair[0].strip(".()"), pair[0].strip(".()") + "s"} & words]
    chosen = next(iter([*told, *shown]), None)
    if chosen is None:
        return None
    subject = draft.draw_object(owner, changed=True)
    given = draft.draw_all(callee.parameters)
    steps = [f"let before = {subject}{chosen[0]};",
             statement(callee, draft.call(callee, given, subject))]  # fmt: skip
    down = falls(draft.statement)
    compared = f"prop_assert!({subject}{chosen[0]} {'<=' if down else '>='} before);"
    return Shape("steps.rs.j2", {"steps": steps, "compared": compared})


def acyclic(draft: Draft) -> Shape | None:
    for callee in draft.callees():
        inner = seen(result_of(callee.returns)[1])
        if callee.receiver == "&mut" and callee.owner is not None:
            return _edges_added(draft, callee, callee.owner)
        if _edges("result", inner) is None:
            continue
        receiver = draft.receiver(callee)
        given = draft.draw_all(callee.parameters)
        call, type_ = draft.accepted(callee, draft.call(callee, given, receiver))
        edges = _edges("result", seen(type_))
        draft.helper("is_acyclic", ACYCLIC)
        steps = [f"let result = {call};", f"let edges: Vec<_> = {edges};"]
        return Shape("steps.rs.j2", {"steps": steps, "compared": _NO_CYCLE})
    owner = draft.owner()
    adders = (
        [m for m in draft.methods(owner) if m.receiver == "&mut" and _joins(m)] if owner else []
    )
    return _edges_added(draft, adders[0], owner) if adders and owner else None


def _joins(callee: Callee) -> bool:
    """It takes two things of one type: from where, and to where."""
    takes = [owned(p.type) for p in callee.parameters]
    return len(takes) >= 2 and takes[0] == takes[1]


def _edges_added(draft: Draft, callee: Callee, owner: Type) -> Shape | None:
    view = None
    for name, type_ in readable(draft, owner):
        view = view or _edges(f"{_SUBJECT}{name}", seen(type_))
    if view is None or not _joins(callee):
        return None
    first, second = callee.parameters[:2]
    node = few(draft, owned(first.type), 6) or draft.strategies.of(owned(first.type))
    subject = draft.draw_object(owner, changed=True)
    calls = draft.add("steps", Call("prop::collection::vec", (Call("", (node, node)), "1..12")),
                      Type("Vec"))  # fmt: skip
    rest = draft.draw_all(callee.parameters[2:])
    one, other = first.name, second.name
    given = {one: _plain(draft, first, one), other: _plain(draft, second, other), **rest}
    call = statement(callee, draft.call(callee, given, subject))
    draft.helper("is_acyclic", ACYCLIC)
    edges = view.replace(_SUBJECT, subject)
    steps = [f"for ({one}, {other}) in {calls} {{", f"    {call}", "}",
             f"let edges: Vec<_> = {edges};"]  # fmt: skip
    draft.strategies.forget("every one is empty")
    return Shape("steps.rs.j2", {"steps": steps, "compared": _NO_CYCLE})


def _plain(draft: Draft, parameter: Parameter, name: str) -> str:
    return draft.given(parameter, name).replace(f"{name}.clone()", name)


def _edges(source: str, type_: Type) -> str | None:
    """Pairs of nodes as a list: of pairs, or of what each node leads to."""
    if (
        type_.name in LISTS
        and seen(type_.first).name == "()"
        and len(seen(type_.first).arguments) == 2
    ):
        return f"{source}.to_vec()" if type_.name in ("Vec", "[]") else (
            f"{source}.iter().cloned().collect()")  # fmt: skip
    if type_.name in MAPS and len(type_.arguments) == 2:
        goal = seen(type_.arguments[1])
        if goal.name in (*LISTS, "Option"):
            each = "|(from, many)| many.iter().map(move |to| (from.clone(), to.clone()))"
            return f"{source}\n    .iter()\n    .flat_map({each})\n    .collect()"
        if goal == seen(type_.arguments[0]):
            each = "|(from, to)| (from.clone(), to.clone())"
            return f"{source}.iter().map({each}).collect()"
    return None
