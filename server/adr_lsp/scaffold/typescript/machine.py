"""Commands on a fresh world: what is made, what can be done to it, what shows what happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field as with_default

from adr_lsp.scaffold.typescript.amounts import readable
from adr_lsp.scaffold.typescript.callee import Callee, Parameter, members, methods
from adr_lsp.scaffold.typescript.draft import Argument, Draft
from adr_lsp.scaffold.typescript.expression import (
    WIDTH,
    Call,
    Expression,
    Members,
    layout,
    one_line,
)
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.names import camel
from adr_lsp.scaffold.typescript.stand_in import is_outside, stand_in
from adr_lsp.scaffold.typescript.syntax import field, said
from adr_lsp.value import dataclass

KEY = re.compile(
    r"(?:.*_)?(?:key|id|token|nonce|uuid|reference|ref|number|sequence|name|owner|holder)\Z", re.I
)
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
FEW: dict[str, Expression] = {
    "string": 'fc.constantFrom("a", "b", "c")',
    "number": "fc.integer({ min: 1, max: 3 })",
    "bigint": "fc.bigInt({ min: 1n, max: 3n })",
}
_FAVOURED = ("entries", "events", "records", "items", "history", "log", "lines", "rows", "all",
             "messages", "captures", "journal")  # fmt: skip
_EMPTY = {"array": "[]", "Map": "new Map()", "Set": "new Set()", "Record": "{}"}


@dataclass(slots=True)
class World:
    """What each run begins with: lines that make it, and the names that the commands see."""

    lines: list[str] = with_default(default_factory=list)
    shown: list[str] = with_default(default_factory=list)
    given: list[Argument] = with_default(default_factory=list)
    effects: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be done; `key` is the source of what tells one doing from another."""

    name: str
    arguments: tuple[Argument, ...]
    call: str
    key: str = ""


def is_key(name: str) -> bool:
    return bool(KEY.fullmatch(_WORD.sub("_", name)))


def taken(draft: Draft) -> tuple[Argument, ...]:
    """What has been drawn since the last time: the arguments of one step."""
    arguments = tuple(draft.arguments)
    draft.arguments.clear()
    draft.names.leave()
    return arguments


def keys_of(draft: Draft, parameter: Parameter) -> list[str]:
    """`key`, or `request.key` of a request that holds one."""
    if is_key(parameter.name) and draft.types.expanded(parameter.hint).name in FEW:
        return [parameter.name]
    shown = fields_of(draft, parameter.hint)
    named = [name for name, hint in shown if is_key(name)]
    return [f"{parameter.name}.{name}" for name in named]


def fields_of(draft: Draft, hint: Hint) -> list[tuple[str, Hint]]:
    """What a value shows, by name."""
    definition = draft.types.definition(hint)
    if definition is not None and definition.kind == "class":
        return list(readable(draft.types, definition))
    return [(each.name, each.hint) for each in draft.types.expanded(hint).fields]


def choose_few(draft: Draft, callees: Iterable[Callee]) -> None:
    """Few keys for every call, and in every object that a call takes, so that calls meet."""
    for parameter in (p for callee in callees for p in callee.required):
        for path in keys_of(draft, parameter):
            name = path.rpartition(".")[2]
            hint = next(
                (h for n, h in fields_of(draft, parameter.hint) if n == name), parameter.hint
            )
            pool = FEW.get(draft.types.expanded(hint).name)
            if pool is not None:
                draft.arbitraries.chosen[name] = pool


def build(draft: Draft, world: World, hint: Hint, name: str, *, shown: bool = True) -> str:
    """Make something that the commands work on; its name in the world."""
    source = made(draft, world, hint, 0)
    if source is None:
        draft.note(f"say how to make `{name}`")
        source = "undefined as never" if draft.typed else "undefined"
    plain = draft.types.expanded(hint).name == "function"
    bare = isinstance(source, Members) or source in _EMPTY.values()
    typed = draft.typed and not plain and (bare or is_outside(draft, hint))
    annotation = f": {draft.arbitraries.written(hint)}" if typed else ""
    lead = f"const {name}{annotation} = "
    text = source if isinstance(source, str) else layout(source, 6, len(lead), 1)
    world.lines.append(f"{lead}{inside(text, 6)};")
    if shown:
        world.shown.append(name)
    return name


def made(draft: Draft, world: World, hint: Hint, depth: int) -> Expression | None:
    """The source of a fresh object: empty, or built of fresh objects; drawn if it is data."""
    found = draft.types.expanded(hint)
    if is_outside(draft, hint):
        return _outside(draft, world, hint)
    if found.name in _EMPTY:
        return _EMPTY[found.name]
    definition = draft.types.definition(hint)
    if found.name == "object" and found.fields and depth <= 4:
        needed = [each for each in found.fields if not each.optional]
        parts = [(each.name, made(draft, world, each.hint, depth + 1)) for each in needed]
        whole = tuple((name, part) for name, part in parts if part is not None)
        return Members(whole) if len(whole) == len(needed) else None
    if definition is None or definition.kind != "class" or depth > 4:
        return None
    maker = draft.arbitraries.maker(definition, hint.arguments)
    if maker is None:
        return None
    draft.is_async |= maker.is_async
    values = {}
    for parameter in maker.required:
        if is_outside(draft, parameter.hint):
            values[parameter.name] = build(
                draft, world, parameter.hint, parameter.name, shown=False
            )
            continue
        inner = made(draft, world, parameter.hint, depth + 1)
        values[parameter.name] = one_line(inner) if inner else _drawn(draft, world, parameter)
    return maker.call(values)


def _outside(draft: Draft, world: World, hint: Hint) -> Expression:
    """What stands for the outside, and keeps the key of every call that reaches it."""
    if not world.effects:
        world.effects = "effects"
        typed = ": unknown[]" if draft.typed else ""
        world.lines.append(f"const effects{typed} = [];")
        world.shown.append("effects")
    return stand_in(draft, hint, is_key)


def _drawn(draft: Draft, world: World, parameter: Parameter) -> str:
    name = draft.add(parameter.name, draft.arbitraries.of_parameter(parameter), parameter.hint)
    world.given.append(draft.arguments.pop())
    return name


def step_of(draft: Draft, callee: Callee, receiver: str, given: dict[str, str]) -> Step:
    """A command that calls with drawn arguments; `given` are those that the world has."""
    values = {}
    for parameter in callee.required:
        values[parameter.name] = given.get(parameter.name) or draft.draw(parameter)
    keys = [
        values[parameter.name] + path[len(parameter.name) :]
        for parameter in callee.required
        if parameter.name not in given
        for path in keys_of(draft, parameter)[:1]
    ]
    draft.is_async |= callee.is_async
    call = callee.call(values, receiver).removeprefix("await ")
    return Step(callee.name, taken(draft), call, keys[0] if keys else "")


def steps_of(draft: Draft, cls: Definition, receiver: str, without: str = "") -> list[Step]:
    """A command for each method of an object that may change it."""
    bound = draft.types.bound(cls, ())
    able = [m for m in methods(draft.types, cls, bound) if m.name != without and _acts(m)]
    return [step_of(draft, method, receiver, {}) for method in able]


def _acts(callee: Callee) -> bool:
    """It may change something: what only reads takes nothing and changes nothing."""
    return bool(callee.mutates or callee.required) or callee.returns.name in ("void", "undefined")


def views(draft: Draft, hint: Hint) -> list[tuple[str, Hint]]:
    """How the content can be read: `.entries`, `.all()`, "" for iteration."""
    definition = draft.types.definition(hint)
    if definition is None or definition.kind != "class":
        found = draft.types.expanded(hint)
        if found.name in ("array", "Set", "Map"):
            return [("", found)]
        inner = [(f".{each.name}", draft.types.expanded(each.hint)) for each in found.fields]
        return [view for view in inner if view[1].name in ("array", "Set", "Map")]
    shown = [(f".{name}", draft.types.expanded(h)) for name, h in readable(draft.types, definition)]
    kept = [view for view in shown if view[1].name in ("array", "Set", "Map", "string", "tuple")]
    kept.sort(key=lambda view: _rank(*view))
    if any("Symbol.iterator" in said(field(m, "name")) for m in members(definition)):
        kept.append(("", Hint("array", (Hint("?"),))))
    return kept


def _rank(name: str, hint: Hint) -> tuple[bool, int]:
    plain = name.strip(".()")
    place = _FAVOURED.index(plain) if plain in _FAVOURED else len(_FAVOURED)
    return hint.name == "string", place


def listed(source: str, hint: Hint) -> str:
    """The content as a list."""
    return f"[...{source}.values()]" if hint.name == "Map" else f"[...{source}]"


def refusals(draft: Draft, callees: Iterable[Callee]) -> tuple[str, ...]:
    """The names, in the test, of what the calls throw to refuse."""
    found: dict[str, None] = {}
    for callee in callees:
        for name in callee.refuses:
            definition = draft.code.lookup(callee.path, name)
            known = draft.arbitraries.use(definition) if definition else name
            if definition is not None or re.fullmatch(r"[A-Z]\w*Error|Error", name):
                found[known] = None
    return tuple(found)


def source_of(step: Step, indent: int = 6, *, shared: Mapping[str, str]) -> str:
    """A command's arbitrary as it stands in the list; `shared` are those that have a name."""
    shown = ", ".join(f"${{fc.stringify({a.name})}}" for a in step.arguments)
    name = f"`{step.name}({shown})`" if shown else f'"{step.name}()"'
    key = f", {step.key}" if step.key else ""
    act = f"{'async ' if 'await ' in step.call else ''}(world) => {step.call}"
    made_of = f"step({name}, {act}{key})"
    if not step.arguments:
        return _fitting(f"fc.constant({made_of})", f"fc.constant(\n  {made_of},\n)", indent)
    drawn, pattern = drawn_together(step.arguments)
    drawn = shared.get(one_line(drawn), drawn)
    flat = f"{one_line(drawn)}.map({pattern} => {made_of})"
    if indent + len(flat) + 1 <= WIDTH:
        return flat
    if indent + 2 + len(made_of) + 1 > WIDTH:
        parts = "".join(f"    {part},\n" for part in (name, act, *key[2:].split(", ")) if part)
        made_of = f"step(\n{parts}  )"
    drawn_text = inside(layout(drawn, indent, 0, len(pattern) + 9), indent)
    return f"{drawn_text}.map({pattern} =>\n  {made_of},\n)"


def inside(text: str, indent: int) -> str:
    """Lines that a template moves to the right again."""
    return text.replace("\n" + " " * indent, "\n")


def _fitting(flat: str, stacked: str, indent: int) -> str:
    return flat if indent + len(flat) + 1 <= WIDTH else stacked


def drawn_together(arguments: tuple[Argument, ...]) -> tuple[Expression, str]:
    """One arbitrary of several values, and the parameter that takes them apart."""
    if len(arguments) == 1:
        return arguments[0].arbitrary, f"({arguments[0].name})"
    names = ", ".join(argument.name for argument in arguments)
    return Call("fc.tuple", tuple(a.arbitrary for a in arguments)), f"([{names}])"


def subject_name(definition: Definition) -> str:
    return camel(definition.name)
