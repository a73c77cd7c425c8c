"""State machines: how the object is made, what can be done to it, and where its history shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.amounts import readable, seen
from adr_lsp.scaffold.rust.callee import (
    Callee,
    Parameter,
    fields,
    methods,
    parameter_nodes,
    picks,
    result_of,
)
from adr_lsp.scaffold.rust.draft import Draft
from adr_lsp.scaffold.rust.expression import Call, Expression, Then
from adr_lsp.scaffold.rust.names import KEYWORDS
from adr_lsp.scaffold.rust.passing import owned, passed
from adr_lsp.scaffold.rust.shapes.algebra import statement
from adr_lsp.scaffold.rust.stand_in import StandIn, stand_in
from adr_lsp.scaffold.rust.types import INTEGERS, Scope, Type, parameters_of
from adr_lsp.scaffold.rust.wording import snake
from adr_lsp.scaffold.rust.written import named, written
from adr_lsp.sources.code import text_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

SEQUENCES = frozenset({"Vec", "[]", "VecDeque"})
_FAVOURED = ("entries", "events", "records", "items", "history", "log", "lines", "rows", "all",
             "messages", "captures", "captured", "journal")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the machine can do: a variant, what it holds, and the call it stands for."""

    variant: str
    holds: tuple[tuple[str, str, Expression], ...]
    call: str
    callee: Callee

    @property
    def declared(self) -> str:
        inside = ", ".join(f"{name}: {type_}" for name, type_, _ in self.holds)
        return f"{self.variant} {{ {inside} }}" if inside else self.variant

    @property
    def pattern(self) -> str:
        inside = ", ".join(name for name, _, _ in self.holds)
        return f"{self.variant} {{ {inside} }}" if inside else self.variant


@dataclass(slots=True)
class World:
    """What the machine holds: field → its type and the source that makes it. `first` are values
    that are drawn for that, once for every history."""

    name: str
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    first: list[tuple[str, str, Expression]] = field(default_factory=list)
    stand_ins: list[StandIn] = field(default_factory=list)


def step_of(draft: Draft, world: World, callee: Callee, receiver: str) -> Step:
    """A step that calls a method with drawn values."""
    holds: list[tuple[str, str, Expression]] = []
    given = {}
    for parameter in callee.parameters:
        trait = trait_of(parameter.type)
        if trait is not None:
            given[parameter.name] = effects(draft, world, parameter.type)
            continue
        name = variable(parameter.name, [n for n, _, _ in holds])
        type_ = owned(parameter.type)
        chosen = draft.strategies.chosen.get(("", parameter.name))
        strategy = chosen or draft.strategies.of(type_)
        holds.append((name, written(draft.names, type_), strategy))
        given[parameter.name] = draft.given(parameter, name)
        _needs_clone(draft, type_)
    call = draft.call(callee, given, receiver)
    return Step(camel(callee.name), tuple(holds), call, callee)


def _needs_clone(draft: Draft, type_: Type) -> None:
    if type_.item is not None:
        missing = sorted({"Clone", "Debug"} - draft.traits(type_))
        if missing:
            listed = ", ".join(missing)
            draft.note(f"`{type_.item.name}` needs `#[derive({listed})]`: histories are kept")


def variable(name: str, others: list[str]) -> str:
    name = name.strip("_") or "value"
    name = f"{name}_" if name in (*KEYWORDS, "machine", "model", "step") else name
    while name in others:
        name += "_"
    return name


def camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part) or "Call"


def strategy_of(machine: str, step: Step) -> Expression:
    """The strategy of one step's values."""
    full = f"{machine}Step::{step.variant}"
    if not step.holds:
        return f"Just({full})"
    names = ", ".join(name for name, _, _ in step.holds)
    body = f"{full} {{ {names} }}"
    if len(step.holds) == 1:
        return Then(step.holds[0][2], f"prop_map(|{names}| {body})")
    drawn = Call("", tuple(strategy for _, _, strategy in step.holds))
    return Then(drawn, f"prop_map(|({names})| {body})")


def subject_type(draft: Draft, owner: Type) -> Type:
    """The type with a stand-in for what is only a trait."""
    assert owner.item is not None
    item = owner.item
    bound = picks(item.node, Scope(draft.code, item.module, {}))
    given = tuple(bound.get(name, Type("i32")) for name in parameters_of(item.node))
    given = tuple(_trait_or(draft, item.node, name, t) for name, t in
                  zip(parameters_of(item.node), given, strict=True))  # fmt: skip
    return Type(owner.name, given, item=item)


def _trait_or(draft: Draft, node: Node, name: str, chosen: Type) -> Type:
    """The trait that a parameter is bound by, though one of the project's types has it."""
    for child in parameter_nodes(node):
        name_node = child.child_by_field_name("name") or child.child_by_field_name("left")
        bounds = child.child_by_field_name("bounds")
        if name_node is not None and text_of(name_node) == name and bounds is not None:
            for bound in bounds.named_children:
                if bound.type != "lifetime":
                    module = draft.owner()
                    assert module is not None and module.item is not None
                    meant = Scope(draft.code, module.item.module, {}).of_bounds("impl", bound)
                    if meant.item is not None and meant.item.kind == "trait":
                        return meant
    return chosen


def trait_of(type_: Type) -> Type | None:
    """The trait behind `&dyn Trait`, `impl Trait`, `Box<dyn Trait>`."""
    inner = type_
    while inner.name in ("&", "&mut", "Box", "Rc", "Arc", "RefCell", "Mutex"):
        inner = inner.first
    known = inner.name in ("dyn", "impl") and inner.item is not None
    return inner if known and inner.item and inner.item.kind == "trait" else None


def effects(draft: Draft, world: World, type_: Type) -> str:
    """The stand-in of a trait, handed to a parameter; it is a field of the machine."""
    trait = trait_of(type_)
    assert trait is not None and trait.item is not None
    found = next((s for s in world.stand_ins if s.of == trait.item.name), None)
    if found is None:
        found = stand_in(draft, world.name, trait.item)
        world.stand_ins.append(found)
        world.made[found.field] = (found.name, f"{found.name}::default()")
    return _wrapped(draft, type_, found.field)


def _wrapped(draft: Draft, type_: Type, source: str) -> str:
    if type_.name in ("&", "&mut"):
        return f"{'&mut ' if type_.name == '&mut' else '&'}machine.{source}"
    if type_.name in ("Box", "Rc", "Arc", "RefCell", "Mutex"):
        return (
            f"{named(draft.names, Type(type_.name))}::new({_wrapped(draft, type_.first, source)})"
        )
    return f"{source}.clone()"


def hold(draft: Draft, world: World, type_: Type, name: str) -> bool:
    """Make a fresh object in the world; False if nothing tells how."""
    source = made(draft, world, type_)
    if source is None:
        draft.note(f"say how to make `{name}`")
        source = f'todo!("how to make `{name}`")'
    world.made[name] = (_held_type(draft, world, type_), source)
    return True


def _held_type(draft: Draft, world: World, type_: Type) -> str:
    """The type with its stand-ins by name."""
    inner = []
    for argument in type_.arguments:
        trait = trait_of(argument)
        of = trait.item.name if trait and trait.item else None
        found = next((s.name for s in world.stand_ins if s.of == of), None)
        inner.append(found or written(draft.names, argument))
    base = named(draft.names, type_) or "_"
    return f"{base}<{', '.join(inner)}>" if inner else base


def made(draft: Draft, world: World, type_: Type, depth: int = 0) -> str | None:
    """The source of a fresh object: empty, or built of fresh and drawn values."""
    if depth > 4:
        return None
    trait = trait_of(type_)
    if trait is not None and type_.name not in ("&", "&mut"):
        return effects(draft, world, type_)
    if type_.item is None:
        return _drawn(draft, world, type_, "value")
    name = named(draft.names, type_)
    makers = [m for m in methods(draft.code, type_) if _makes(draft, m, type_)]
    makers.sort(key=lambda m: (m.name != "new", len(m.parameters)))
    if not makers and "Default" in draft.traits(type_):
        return f"{name}::default()"
    if not makers:
        return _of_fields(draft, world, type_, depth)
    chosen = makers[0]
    given = []
    for parameter in chosen.parameters:
        source = _part(draft, world, parameter, depth)
        if source is None:
            return None
        given.append(source)
    kind, _ = result_of(chosen.returns)
    return f"{name}::{chosen.name}({', '.join(given)})" + (".unwrap()" if kind else "")


def _makes(draft: Draft, callee: Callee, type_: Type) -> bool:
    known = callee.visibility == "pub" or draft.names.inside is not None
    fits = result_of(callee.returns)[1].item is type_.item and not callee.is_async
    own = any(owned(p.type).item is type_.item for p in callee.parameters)
    return known and fits and not callee.is_method and not own and callee.trait in ("", "Default")


def _part(draft: Draft, world: World, parameter: Parameter, depth: int) -> str | None:
    trait = trait_of(parameter.type)
    type_ = parameter.type
    if trait is not None:
        return None if type_.name in ("&", "&mut") else effects(draft, world, type_)
    if type_.item is not None and type_.item.kind == "struct" and _is_service(draft, type_):
        return made(draft, world, type_, depth + 1)
    return _drawn(draft, world, type_, parameter.name)


def _is_service(draft: Draft, type_: Type) -> bool:
    """Something to work on, no value: it can be changed."""
    return any(m.receiver == "&mut" for m in draft.methods(type_))


def _drawn(draft: Draft, world: World, type_: Type, name: str) -> str:
    """A value that is drawn once for every history, from the model that holds it."""
    name = variable(name, [n for n, _, _ in world.first])
    held = owned(type_)
    if held.name in INTEGERS:
        strategy: Expression = f"1..=8{held.name}"
        draft.note(f"`{name}` is drawn from 1 to 8: say which values it can have")
    else:
        strategy = draft.strategies.of(held)
    world.first.append((name, written(draft.names, held), strategy))
    return passed(draft.code, type_, f"model.{name}")


def _of_fields(draft: Draft, world: World, type_: Type, depth: int) -> str | None:
    held = fields(draft.code, type_)
    seen_ = all(public == "pub" or draft.names.inside is not None for _, public in held)
    if not seen_ or type_.item is None or type_.item.kind != "struct":
        return None
    name = named(draft.names, type_)
    sources = [_part(draft, world, p, depth) for p, _ in held]
    if any(source is None for source in sources):
        return None
    if held and held[0][0].name == "0":
        return f"{name}({', '.join(s or '' for s in sources)})"
    pairs = zip(held, sources, strict=True)
    inside = ", ".join(f"{p.name}: {source}" for (p, _), source in pairs)
    return f"{name} {{ {inside} }}" if held else str(name)


def views(draft: Draft, type_: Type) -> Iterator[tuple[str, Type]]:
    """How the content of an object can be read: `.entries`, `.all()`."""
    found = [(n, seen(t)) for n, t in readable(draft, type_)]
    lists = [(n, t) for n, t in found if t.name in SEQUENCES or t.name in ("String", "str")]
    yield from sorted(lists, key=lambda view: _rank(*view))


def _rank(name: str, type_: Type) -> tuple[bool, int]:
    plain = name.strip(".()")
    place = _FAVOURED.index(plain) if plain in _FAVOURED else len(_FAVOURED)
    return type_.name in ("String", "str"), place


def subject_name(owner: Type) -> str:
    assert owner.item is not None
    return variable(snake(owner.item.name), ["effects", "seen", "asked", "holders", "done"])


def action(call: str, callee: Callee) -> str:
    return statement(callee, call)


def succeeded(callee: Callee, call: str) -> str | None:
    """A condition that says whether the call did what it is for; None if nothing tells."""
    if callee.returns.name == "bool":
        return call
    kind, inner = result_of(callee.returns)
    if kind == "Result" and inner.name == "bool":
        return f"matches!({call}, Ok(true))"
    return {"Result": f"{call}.is_ok()", "Option": f"{call}.is_some()"}.get(kind)


def plain(source: str, names: list[str]) -> str:
    """Values of a step are its own: what is used once is given away."""
    for name in names:
        if len(re.findall(rf"\b{re.escape(name)}\b", source)) == 1:
            source = source.replace(f"{name}.clone()", name)
    return source
