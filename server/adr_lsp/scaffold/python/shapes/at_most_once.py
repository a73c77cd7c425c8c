"""At most once: however often a call is repeated, its effect happens once per key."""

from __future__ import annotations

from dataclasses import field

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, Parameter, fields
from adr_lsp.scaffold.python.draft import Draft, Shape, snake
from adr_lsp.scaffold.python.keys import KEY, few
from adr_lsp.scaffold.python.machine import (
    collaborates,
    made,
    methods,
    owner_of,
    refusals,
    rule_name,
    rule_of,
    taken,
    views,
)
from adr_lsp.scaffold.python.stand_in import StandIn, stand_in
from adr_lsp.value import dataclass


@dataclass(slots=True)
class _World:
    """What the machine holds: attribute → the source that makes it, and what records effects."""

    made: dict[str, str] = field(default_factory=dict)
    stand_ins: list[StandIn] = field(default_factory=list)
    effects: str | None = None


def at_most_once(draft: Draft) -> Shape | None:
    callee, cls = _action(draft)
    if callee is None:
        return None
    world = _World()
    receiver = ""
    if cls is not None and callee.kind == "method":
        receiver = f"self.{_hold(draft, world, Hint(cls.path), snake(cls.name))}"
    given = {}
    for parameter in callee.required:
        if collaborates(draft, draft.hint(parameter), bool(receiver)):
            held = _hold(draft, world, draft.hint(parameter), parameter.name)
            given[parameter.name] = f"self.{held}"
    data = [p for p in callee.required if p.name not in given]
    first = taken(draft)
    key, asked = _key(draft, data), _asked(draft, data)
    values = {**given, **draft.draw_all(data)}
    call = callee.call(values, receiver)
    arguments = taken(draft)
    return _shape(draft, callee, cls, world, {
        "first": first, "arguments": arguments, "call": call, "receiver": receiver, "key": key,
        "asked": asked,
    })  # fmt: skip


def _action(draft: Draft) -> tuple[Callee | None, griffe.Class | None]:
    """The call that may be repeated: the target, or the method of the class that takes a key."""
    cls = owner_of(draft)
    for found in draft.targets:
        if isinstance(found.object, griffe.Function):
            return draft.callee(found), cls
    if cls is None:
        return None, None
    able = [m for m in methods(draft, cls) if m.required]
    keyed = [m for m in able if any(_keys(draft, p) for p in m.required)]
    return next(iter([*keyed, *able]), None), cls


def _hold(draft: Draft, world: _World, hint: Hint, name: str) -> str:
    """Make something that the machine works on, and what it is made of that records effects."""
    fakes: dict[str, str] = {}
    for part in _parts(draft, hint):
        made_up = stand_in(draft, part, KEY)
        if made_up is not None:
            world.stand_ins.append(made_up)
            fakes[part.name] = "self.effects"
    created = made(draft, hint, fakes)
    if created is None:
        draft.note(f"say how to make `{name}`")
    world.made[name] = created or "..."
    return name


def _parts(draft: Draft, hint: Hint, depth: int = 0) -> list[Hint]:
    """The type and the types of what its constructor takes."""
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class) or depth > 4:
        return [hint]
    from adr_lsp.scaffold.python.callee import constructor

    takes = [draft.hint(p) for p in constructor(draft.code, thing, thing.name).required]
    return [hint, *(part for inner in takes for part in _parts(draft, inner, depth + 1))]


def _keys(draft: Draft, parameter: Parameter) -> list[str]:
    """`key`, or `request.key` of a request that holds one."""
    if KEY.match(parameter.name):
        return [parameter.name]
    thing = draft.code.definition(draft.hint(parameter).name)
    if not isinstance(thing, griffe.Class):
        return []
    return [f.name for f in fields(draft.code, thing) if KEY.match(f.name)]


def _asked(draft: Draft, data: list[Parameter]) -> str | None:
    """The key of a call as its arguments hold it."""
    for parameter in data:
        for name in _keys(draft, parameter)[:1]:
            return name if name == parameter.name else f"{parameter.name}.{name}"
    return None


def _key(draft: Draft, data: list[Parameter]) -> str | None:
    """The name of the key; its values are few, so that calls meet."""
    for parameter in data:
        for name in _keys(draft, parameter)[:1]:
            thing = draft.code.definition(draft.hint(parameter).name)
            holder = thing if isinstance(thing, griffe.Class) else None
            inside = (
                next((f for f in fields(draft.code, holder) if f.name == name), None)
                if holder
                else None
            )
            pool = few(draft, draft.hint(inside or parameter))
            if pool is not None:
                owner = holder.path if holder and inside else ""
                draft.strategies.chosen[owner, name] = pool
            return name
    return None


def _shape(
    draft: Draft, callee: Callee, cls: griffe.Class | None, world: _World, values: dict[str, object]
) -> Shape:
    key = values["key"]
    effects = "self.effects.keys" if world.stand_ins else None
    if effects is None:
        effects = _seen_in_view(draft, callee, cls, world, str(key) if key else "")
    if effects is None:
        draft.note("say how to read the keys whose effect has happened, one for each time")
    others = []
    if cls is not None and callee.kind == "method":
        able = [m for m in methods(draft, cls) if m.name != callee.name and _acts(m)]
        others = [rule_of(draft, other, str(values["receiver"])) for other in able]
    return Shape(
        "at_most_once.py.j2",
        {**values, "made": world.made, "stand_ins": world.stand_ins,
         "name_of_call": rule_name(callee.name),
         "refusals": refusals(draft, callee), "effects": effects or "...", "others": others},
    )  # fmt: skip


def _acts(callee: Callee) -> bool:
    """A method that may change something: one that reads would return a sequence."""
    return callee.mutates or bool(callee.required)


def _seen_in_view(
    draft: Draft, callee: Callee, cls: griffe.Class | None, world: _World, key: str
) -> str | None:
    """The keys in what an object shows of itself."""
    holders = [(snake(cls.name), Hint(cls.path))] if cls and callee.kind == "method" else []
    holders += [(p.name, draft.hint(p)) for p in callee.required if p.name in world.made]
    for name, hint in holders:
        thing = draft.code.definition(hint.name) if "." in hint.name else None
        shown = views(draft, thing) if isinstance(thing, griffe.Class) else [("", hint)]
        for view, content in shown:
            read = _keys_of(draft, content, f"self.{name}{view}", key)
            if read is not None:
                return read
    return None


def _keys_of(draft: Draft, content: Hint, source: str, key: str) -> str | None:
    if content.name in ("dict", "set", "str", "bytes", "?"):
        return None
    element = content.arguments[0] if content.arguments else Hint("?")
    if element.name in ("str", "int", "uuid.UUID"):
        return f"list({source})"
    if element.name == "tuple" and element.arguments:
        return f"[effect[0] for effect in {source}]"
    thing = draft.code.definition(element.name) if "." in element.name else None
    if not isinstance(thing, griffe.Class):
        return None
    names = [f.name for f in fields(draft.code, thing)]
    chosen = key if key in names else next((n for n in names if KEY.match(n)), None)
    return f"[effect.{chosen} for effect in {source}]" if chosen else None
