"""Append-only: whatever is done, what was there stays as it was."""

from __future__ import annotations

from adr_lsp.scaffold.typescript.callee import Callee, function_callee, methods
from adr_lsp.scaffold.typescript.code import Found
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.machine import (
    Step,
    World,
    build,
    choose_few,
    listed,
    refusals,
    step_of,
    steps_of,
    subject_name,
    views,
)


def append_only(draft: Draft) -> Shape | None:
    cls = draft.cls()
    world = World()
    if cls is not None:
        own, subject = Hint(cls.key), subject_name(cls)
        shown = views(draft, own)
        without = shown[0][0].strip(".()") if shown else ""
        able = list(methods(draft.types, cls, {}))
        choose_few(draft, able)
        build(draft, world, own, subject)
        steps = steps_of(draft, cls, f"world.{subject}", without)
        return _shape(draft, world, steps, able, subject, shown) if steps else None
    for found in draft.targets:
        return _of_functions(draft, world, found)
    return None


def _of_functions(draft: Draft, world: World, found: Found) -> Shape | None:
    """The state is the first argument; other functions of the module that take it act as well."""
    callee = draft.callee(found)
    if callee is None or not callee.required:
        return None
    state, subject = callee.required[0].hint, callee.required[0].name
    shown = views(draft, state)
    if not shown:
        return None
    build(draft, world, state, subject)
    able = [c for c in _others(draft, found, callee) if draft.same(c.required[0].hint, state)]
    choose_few(draft, able)
    steps = [step for other in able if (step := _step(draft, other, subject, state))]
    return _shape(draft, world, steps, able, subject, shown) if steps else None


def _others(draft: Draft, found: Found, callee: Callee) -> list[Callee]:
    module = draft.code.module(found.definition.path)
    known = [callee]
    for name, definition in module.declared.items() if module else ():
        exported = module.exported_as(name) if module else None
        if definition.kind != "function" or definition is found.definition or not exported:
            continue
        probe = function_callee(draft.types, definition.node, definition.path, name, name)
        if probe.required and draft.same(probe.required[0].hint, callee.required[0].hint):
            other = draft.callee(Found(definition, definition.path, exported, True))
            known += [other] if other else []
    return known


def _step(draft: Draft, callee: Callee, subject: str, state: Hint) -> Step | None:
    """A function that changes the state, or gives the next one."""
    first = callee.required[0].name
    made = step_of(draft, callee, "", {first: f"world.{subject}"})
    if draft.same(callee.returns, state):
        call = f"(world.{subject} = {'await ' if callee.is_async else ''}{made.call})"
        return Step(made.name, made.arguments, call, made.key)
    return made if callee.mutates else None


def _shape(
    draft: Draft, world: World, steps: list[Step], able: list[Callee], subject: str,
    shown: list[tuple[str, Hint]],
) -> Shape:  # fmt: skip
    plain = [Step(s.name, s.arguments, s.call) for s in steps]
    common = {"world": world, "steps": plain, "refusals": refusals(draft, able)}
    if not shown:
        stated = draft.asserting.equal("now.slice(0, before.length)", "before")
        return Shape("machine", (), {**common, "check": draft.blank(stated)})
    view, hint = shown[0]
    source = f"world.{subject}{view}"
    now = source if hint.name == "string" else f"structuredClone({listed(source, hint)})"
    kind = "string" if hint.name == "string" else "unknown[]"
    check = (
        f"const now{f': {kind}' if draft.typed else ''} = {now};",
        draft.asserting.equal("now.slice(0, model.seen.length)", "model.seen"),
        "model.seen = now;",
    )
    empty = '""' if hint.name == "string" else "[]"
    return Shape("machine", (), {
        **common, "check": check, "model": f"{{ seen: {empty} }}",
        "model_type": f"{{ seen: {kind} }}",
    })  # fmt: skip
