"""At most once, exactly once: however often a call is repeated, its effect happens once a key."""

from __future__ import annotations

from adr_lsp.scaffold.typescript.callee import Callee, methods
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.machine import (
    Step,
    World,
    build,
    choose_few,
    fields_of,
    is_key,
    keys_of,
    listed,
    refusals,
    step_of,
    steps_of,
    subject_name,
    views,
)
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.stand_in import is_outside


def at_most_once(draft: Draft) -> Shape | None:
    return _once(draft, exactly=False)


def exactly_once(draft: Draft) -> Shape | None:
    return _once(draft, exactly=True)


def _once(draft: Draft, *, exactly: bool) -> Shape | None:
    callee, cls = _action(draft)
    if callee is None or not callee.required:
        return None
    choose_few(draft, [callee])
    world, receiver, given = World(), "", {}
    if cls is not None and callee.kind == "method":
        receiver = f"world.{build(draft, world, Hint(cls.key), subject_name(cls))}"
    for parameter in callee.required:
        if _collaborates(draft, parameter.hint, has_state=bool(receiver)):
            given[parameter.name] = f"world.{build(draft, world, parameter.hint, parameter.name)}"
    step = step_of(draft, callee, receiver, given)
    if not step.arguments:
        return None
    steps, able = [step, *_repeated(step, later=callee.is_async)], [callee]
    if cls is not None and callee.kind == "method":
        steps += _without_key(steps_of(draft, cls, receiver, callee.name))
        able += list(methods(draft.types, cls, {}))
    seen = "world.effects" if world.effects else _seen(draft, callee, cls, given, receiver, step)
    return _shape(draft, world, steps, able, seen, exactly=exactly)


def _action(draft: Draft) -> tuple[Callee | None, Definition | None]:
    """The call that may be repeated: the target, or the method of the class that takes a key."""
    cls = draft.cls()
    for callee in draft.functions():
        return callee, cls
    if cls is None:
        return None, None
    able = [m for m in methods(draft.types, cls, draft.types.bound(cls, ())) if m.required]
    keyed = [m for m in able if any(keys_of(draft, p) for p in m.required)]
    return next(iter([*keyed, *able]), None), cls


def _repeated(step: Step, *, later: bool) -> list[Step]:
    """The same call again at once, as a retry makes it."""
    again = f"{step.call}.then(() => {step.call})" if later else f"[{step.call}, {step.call}]"
    return [Step(f"{step.name} twice", step.arguments, again, step.key)]


def _without_key(steps: list[Step]) -> list[Step]:
    return [Step(step.name, step.arguments, step.call) for step in steps]


def _collaborates(draft: Draft, hint: Hint, *, has_state: bool) -> bool:
    """Whether a parameter is something to work on, not a value: a store, a gateway, a list."""
    if is_outside(draft, hint):
        return True
    found = draft.types.expanded(hint)
    if found.name in ("array", "Map", "Set", "Record") and not has_state:
        return True
    definition = draft.types.definition(hint)
    if definition is None or definition.kind != "class":
        return False
    return any(method.mutates for method in methods(draft.types, definition, {}))


def _seen(
    draft: Draft, callee: Callee, cls: Definition | None, given: dict[str, str], receiver: str,
    step: Step,
) -> str:  # fmt: skip
    """The keys in what the world's objects show of themselves; "" where they show none."""
    holders = [(receiver, Hint(cls.key))] if cls and receiver else []
    holders += [(given[p.name], p.hint) for p in callee.required if p.name in given]
    name = step.key.rpartition(".")[2]
    for source, hint in holders:
        for view, content in views(draft, hint):
            keys = _keys_in(draft, content, f"{source}{view}", name)
            if keys:
                return keys
    return ""


def _keys_in(draft: Draft, content: Hint, source: str, key: str) -> str:
    if content.name not in ("array", "Set") or not content.arguments:
        return ""
    element = draft.types.expanded(content.arguments[0])
    if element.name in ("string", "number", "bigint", "literal"):
        return listed(source, content)
    if element.name == "tuple":
        return f"{listed(source, content)}.map((effect) => effect[0])"
    names = [name for name, _ in fields_of(draft, content.arguments[0])]
    chosen = key if key in names else next((name for name in names if is_key(name)), None)
    whole = source if content.name == "array" else listed(source, content)
    return f"{whole}.map((effect) => effect.{chosen})" if chosen else ""


def _shape(
    draft: Draft, world: World, steps: list[Step], able: list[Callee], seen: str, *, exactly: bool
) -> Shape:
    asserting = draft.asserting
    sketch = asserting.is_value("new Set(keys).size", "keys.length")
    values: dict[str, object] = {"world": world, "refusals": refusals(draft, able)}
    if not exactly:
        steps = _without_key(steps)
    check: tuple[str, ...] = draft.blank(sketch)
    if seen and not exactly:
        check = (f"const keys = {seen};", sketch)
    elif seen:
        typed = ": unknown[]" if draft.typed else ""
        asked = asserting.equal("keys.toSorted()", "[...model.asked].toSorted()")
        values |= {"model": "{ asked: new Set() }", "model_type": "{ asked: Set<unknown> }"}
        check = (f"const keys{typed} = {seen};", asked)
        if not any(step.key for step in steps):
            draft.note("no argument tells one call from another: say which")
    elif exactly:
        steps = _without_key(steps)
    return Shape("machine", (), {**values, "steps": steps, "check": check})
