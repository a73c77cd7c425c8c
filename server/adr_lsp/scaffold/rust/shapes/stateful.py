"""Append-only, at-most-once, exactly-once, mutual-exclusion: what holds after every step."""

from __future__ import annotations

import re
from collections.abc import Callable

from adr_lsp.scaffold.holder import names_holder
from adr_lsp.scaffold.rust.amounts import readable, seen
from adr_lsp.scaffold.rust.callee import Callee, Parameter, fields
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.expression import LITERAL, Call, Then, chained, layout, one_of
from adr_lsp.scaffold.rust.keys import KEY, choose_few, few
from adr_lsp.scaffold.rust.machine import (
    SEQUENCES,
    Step,
    World,
    action,
    hold,
    plain,
    step_of,
    strategy_of,
    subject_name,
    subject_type,
    succeeded,
    views,
)
from adr_lsp.scaffold.rust.passing import copies, owned
from adr_lsp.scaffold.rust.types import Type
from adr_lsp.scaffold.rust.written import written

Machine = Callable[..., Shape | None]
_TAKES = ("acquire", "try_acquire", "lock", "try_lock", "enter", "claim", "take", "grab", "hold",
          "checkout", "reserve", "lease", "request", "book", "start", "elect")  # fmt: skip
_GIVES = ("release", "unlock", "leave", "exit", "free", "give", "return", "drop", "renounce",
          "checkin", "cancel", "stop", "finish", "resign")  # fmt: skip


def append_only(draft: Draft, machine: str) -> Shape | None:
    owner = draft.owner()
    if owner is None or owner.item is None:
        return None
    world, subject = World(machine), subject_name(owner)
    type_ = subject_type(draft, owner)
    shown = next(views(draft, type_), None)
    acts = [m for m in draft.methods(type_) if m.receiver == "&mut"]
    if not acts:
        return None
    hold(draft, world, type_, subject)
    choose_few(draft, acts)
    steps = [step_of(draft, world, m, f"machine.{subject}") for m in acts]
    if shown is None:
        draft.note(f"say how to read everything that `{subject}` holds")
        world.made["seen"] = ("Vec<String>", "Vec::new()")
        after = [f"let now: Vec<String> = {draft.blank('what it holds', None)};"]
    else:
        after = _now(draft, world, subject, shown)
    after += ["assert!(now.starts_with(&machine.seen));", "machine.seen = now;"]
    lines = [[action(step.call, step.callee)] for step in steps]
    return _shape(world, steps, lines, after, [])


def _now(draft: Draft, world: World, subject: str, shown: tuple[str, Type]) -> list[str]:
    view, type_ = shown
    source = f"machine.{subject}{view}"
    if type_.name in ("String", "str"):
        world.made["seen"] = ("String", "String::new()")
        return [f"let now = {source}.to_string();"]
    element = owned(type_.first)
    if element.item is not None:
        missing = sorted({"Clone", "PartialEq"} - draft.traits(element))
        if missing:
            listed = ", ".join(missing)
            draft.note(f"`{element.item.name}` needs `#[derive({listed})]`: what was there is kept")
    shown_type = written(draft.names, element)
    world.made["seen"] = (f"Vec<{shown_type}>", "Vec::new()")
    copy = ".iter().cloned().collect()" if type_.name == "VecDeque" else ".to_vec()"
    return [f"let now: Vec<{shown_type}> = {source}{copy};"]


def at_most_once(draft: Draft, machine: str) -> Shape | None:
    return _once(draft, machine, exactly=False)


def exactly_once(draft: Draft, machine: str) -> Shape | None:
    return _once(draft, machine, exactly=True)


def _once(draft: Draft, machine: str, exactly: bool) -> Shape | None:
    owner = draft.owner()
    if owner is None:
        return None
    type_ = subject_type(draft, owner)
    able = [m for m in draft.methods(type_) if m.parameters]
    wanted = {found.callee.name for found in draft.targets if found.callee}
    keyed = [m for m in able if any(_keys(draft, p.name, p.type) for p in m.parameters)]
    main = next((m for m in able if m.name in wanted), None) or next(iter([*keyed, *able]), None)
    if main is None:
        return None
    others = [m for m in draft.methods(type_) if m.receiver == "&mut" and m.name != main.name]
    world, subject = World(machine), subject_name(owner)
    choose_few(draft, [main, *others])
    hold(draft, world, type_, subject)
    steps = [step_of(draft, world, m, f"machine.{subject}") for m in (main, *others)]
    key = _key(draft, main)
    lines = [_asked(draft, world, steps[0], key) if exactly else [action(steps[0].call, main)]]
    lines += [[action(step.call, step.callee)] for step in steps[1:]]
    keys = _effects(draft, world, type_, subject, key[0] if key else "")
    checks = [*keys, "assert!((1..keys.len()).all(|n| !keys[..n].contains(&keys[n])));"]
    if exactly:
        checks.append("assert!(machine.asked.iter().all(|key| keys.contains(&key)));")
    return _shape(world, steps, lines, [], checks)


def _keys(draft: Draft, name: str, type_: Type) -> list[str]:
    """`key`, or `request.key` of a request that holds one."""
    if KEY.match(name):
        return [name]
    held = owned(type_)
    if held.item is None or held.item.kind != "struct":
        return []
    return [f"{name}.{p.name}" for p, _ in fields(draft.code, held) if KEY.match(p.name)]


def _key(draft: Draft, callee: Callee) -> tuple[str, str, Type] | None:
    """The name of the key, its source in a step, and its type."""
    for parameter in callee.parameters:
        for source in _keys(draft, parameter.name, parameter.type)[:1]:
            held = owned(parameter.type)
            name = source.rpartition(".")[2]
            inner = fields(draft.code, held) if "." in source else []
            type_ = next((owned(p.type) for p, _ in inner if p.name == name), held)
            return name, source, type_
    return None


def _asked(draft: Draft, world: World, step: Step, key: tuple[str, str, Type] | None) -> list[str]:
    """The call, and its key where it was not refused."""
    if key is None:
        draft.note("say what tells one call from another")
        return [action(step.call, step.callee)]
    world.made["asked"] = (f"Vec<{written(draft.names, key[2])}>", "Vec::new()")
    copy = key[1] if copies(draft.code, key[2]) else f"{key[1]}.clone()"
    done = succeeded(step.callee, step.call)
    if done is None or step.callee.returns.name == "bool":
        return [action(step.call, step.callee), f"machine.asked.push({copy});"]
    return [f"if {done} {{", f"    machine.asked.push({copy});", "}"]


def _effects(draft: Draft, world: World, type_: Type, subject: str, key: str) -> list[str]:
    """Lines that read the keys whose effect has happened, one for each time."""
    if world.stand_ins:
        field = world.stand_ins[0].field
        return [f"let kept = machine.{field}.keys.lock().unwrap();",
                "let keys: Vec<_> = kept.iter().collect();"]  # fmt: skip
    for view, content in views(draft, type_):
        if content.name not in SEQUENCES:
            continue
        element = seen(content.first)
        source = f"machine.{subject}{view}.iter()"
        members = [n.strip(".()") for n, _ in readable(draft, element)]
        chosen = key if key in members else next((n for n in members if KEY.match(n)), None)
        if chosen is not None:
            call = next(n for n, _ in readable(draft, element) if n.strip(".()") == chosen)
            keys = chained(f"{source}.map(|effect| &effect{call}).collect()", 0)
            return [f"let keys: Vec<_> = {keys};"]
        if element.item is None and element.name == "()" and element.arguments:
            keys = chained(f"{source}.map(|effect| &effect.0).collect()", 0)
            return [f"let keys: Vec<_> = {keys};"]
        if element.item is None or not members:
            return [f"let keys: Vec<_> = {source}.collect();"]
    draft.note("say how to read the keys whose effect has happened, one for each time")
    return [f"let kept = {draft.blank('the keys whose effect has happened', _TEXTS)};",
            "let keys: Vec<_> = kept.iter().collect();"]  # fmt: skip


_TEXTS = Type("Vec", (Type("String"),))


def mutual_exclusion(draft: Draft, machine: str) -> Shape | None:
    owner = draft.owner()
    if owner is None:
        return None
    type_ = subject_type(draft, owner)
    acts = [m for m in draft.methods(type_) if m.receiver in ("&mut", "&")]
    wanted = [found.callee.name for found in draft.targets if found.callee]
    takes = _named(acts, _TAKES, wanted)
    gives = _named([m for m in acts if m is not takes], _GIVES, wanted)
    if takes is None or gives is None or not takes.parameters or not gives.parameters:
        return None
    if succeeded(takes, "") is None:
        draft.note(f"`{takes.name}` does not say whether it was granted: ask the object")
    others = [m for m in acts if m.receiver == "&mut" and m not in (takes, gives)]
    world, subject = World(machine), subject_name(owner)
    _few_holders(draft, (takes, gives))
    hold(draft, world, type_, subject)
    steps = [step_of(draft, world, m, f"machine.{subject}") for m in (takes, gives, *others)]
    who, where = _roles(takes)
    held = [owned(p.type) for p in (where, who) if p is not None]
    shown = [written(draft.names, t) for t in held]
    kept = f"({', '.join(shown)})" if len(shown) > 1 else shown[0]
    world.made["holders"] = (f"Vec<{kept}>", "Vec::new()")
    lines = [_granted(draft, steps[0], takes), _given_back(draft, steps[1], gives, takes)]
    lines += [[action(step.call, step.callee)] for step in steps[2:]]
    if where is None:
        checks = ["assert!(machine.holders.len() <= 1);"]
    else:
        checks = ["let held: Vec<_> = machine.holders.iter().map(|holder| &holder.0).collect();",
                  "assert!((1..held.len()).all(|n| !held[..n].contains(&held[n])));"]  # fmt: skip
    return _shape(world, steps, lines, [], checks)


def _few_holders(draft: Draft, callees: tuple[Callee, ...]) -> None:
    for parameter in (p for callee in callees for p in callee.parameters):
        pool = few(draft, owned(parameter.type))
        if pool is not None:
            draft.strategies.chosen["", parameter.name] = pool


def _named(acts: list[Callee], words: tuple[str, ...], wanted: list[str]) -> Callee | None:
    able = [m for m in acts if m.name in words or m.name.split("_")[0] in words]
    able.sort(key=lambda m: (m.name not in wanted,))
    return able[0] if able else None


def _roles(takes: Callee) -> tuple[Parameter, Parameter | None]:
    """Who holds, and what is held if there are several."""
    listed = takes.parameters[:2]
    if len(listed) == 1:
        return listed[0], None
    first, second = listed
    return (first, second) if names_holder(first.name) and not names_holder(second.name) else (
        second, first)  # fmt: skip


def _tuple(draft: Draft, takes: Callee, step: Step) -> str:
    """The holder as it is kept, out of the values of a step."""
    who, where = _roles(takes)
    names = [name for name, _, _ in step.holds]
    wanted = [p for p in (where, who) if p is not None]
    sources = []
    for n, parameter in enumerate(wanted):
        same = parameter.name if parameter.name in names else names[min(n, len(names) - 1)]
        plain_ = copies(draft.code, owned(parameter.type))
        sources.append(same if plain_ else f"{same}.clone()")
    return f"({', '.join(sources)})" if len(sources) > 1 else sources[0]


def _granted(draft: Draft, step: Step, takes: Callee) -> list[str]:
    holder = _tuple(draft, takes, step)
    done = succeeded(takes, step.call)
    push = f"    let holder = {holder};"
    guard = ["    if !machine.holders.contains(&holder) {", "        machine.holders.push(holder);",
             "    }"]  # fmt: skip
    return [f"if {done or draft.blank('whether it was granted', Type('bool'))} {{", push, *guard,
            "}"] if done else [action(step.call, step.callee), "{", push, *guard, "}"]  # fmt: skip


def _given_back(draft: Draft, step: Step, gives: Callee, takes: Callee) -> list[str]:
    holder = _tuple(draft, takes, step)
    done = succeeded(gives, step.call)
    one = len(gives.parameters) < len([p for p in _roles(takes) if p is not None])
    keep = f"let holder = {holder};"
    gone = "machine.holders.retain(|held| *held != holder);"
    if one:
        name = step.holds[0][0]
        keep, gone = "", f"machine.holders.retain(|held| held.0 != {name});"
    if done is None:
        return [line for line in (action(step.call, step.callee), keep, gone) if line]
    return [f"if {done} {{", *(f"    {line}" for line in (keep, gone) if line), "}"]


def _shape(
    world: World, steps: list[Step], lines: list[list[str]], after: list[str], checks: list[str]
) -> Shape:
    machine = world.name
    fresh = one_of(*(strategy_of(machine, step) for step in steps))
    prepared = [f"let {s.field} = {world.made[s.field][1]};" for s in world.stand_ins]
    placed = {s.field for s in world.stand_ins}
    ordered = sorted(world.made.items(), key=lambda made: made[0] in placed)
    pairs = [name if name in placed else f"{name}: {source}" for name, (_, source) in ordered]
    acts = []
    for step, each in zip(steps, lines, strict=True):
        names = [name for name, _, _ in step.holds]
        whole = "\n".join(each)
        kept = [n for n in names if len(re.findall(rf"\b{re.escape(n)}\b", whole)) == 1]
        acts.append([plain(line, kept) if "|" not in line else line for line in each])
    inside = ", ".join(pairs)
    listed = "".join(f"    {pair},\n" for pair in pairs)
    created = f"Self {{ {inside} }}" if len(inside) <= LITERAL else f"Self {{\n{listed}}}"
    return Shape("machine.rs.j2", {
        "machine": machine, "steps": steps, "acts": acts, "first": world.first, "fresh": fresh,
        "fields": world.made, "stand_ins": world.stand_ins, "prepared": prepared,
        "created": created, "uses_model": "model." in created, "after": after,
        "checks": checks, "initial": _initial(world),
    })  # fmt: skip


def _initial(world: World) -> str:
    """The strategy of the first state, at no indent."""
    names = [name for name, _, _ in world.first]
    if not names:
        return "Just(Self { done: Vec::new() }).boxed()"
    drawn = tuple(strategy for _, _, strategy in world.first)
    strategy = drawn[0] if len(drawn) == 1 else Call("", drawn)
    pattern = names[0] if len(names) == 1 else f"({', '.join(names)})"
    held = "".join(f"        {part},\n" for part in (*names, "done: Vec::new()"))
    first = layout(Then(strategy, ""), 0).removesuffix(".")
    return f"{first}\n    .prop_map(|{pattern}| Self {{\n{held}    }})\n    .boxed()"


MACHINE_SHAPES: dict[str, Machine] = {
    "append-only": append_only,
    "at-most-once": at_most_once,
    "exactly-once": exactly_once,
    "mutual-exclusion": mutual_exclusion,
}
"""Each gives None where the targets do not have what the pattern is about."""
