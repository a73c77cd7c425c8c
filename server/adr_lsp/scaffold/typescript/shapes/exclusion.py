"""Mutual exclusion: of several that want it, at most one has it."""

from __future__ import annotations

from dataclasses import replace

from adr_lsp.scaffold.holder import names_holder
from adr_lsp.scaffold.typescript.callee import Callee, methods
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.machine import (
    FEW,
    Step,
    World,
    build,
    choose_few,
    refusals,
    step_of,
    subject_name,
)
from adr_lsp.scaffold.typescript.module import Definition

_TAKE = ("tryacquire", "acquire", "trylock", "lock", "take", "claim", "enter", "grab", "obtain",
         "reserve", "checkout", "lease", "start")  # fmt: skip
_GIVE = ("release", "unlock", "free", "give", "leave", "exit", "return", "drop", "yield", "checkin",
         "stop", "finish")  # fmt: skip
_INSIDE = ("run", "with", "guard", "synchron", "exclusive", "critical", "use")


def mutual_exclusion(draft: Draft) -> Shape | None:
    cls = draft.cls()
    if cls is None:
        return None
    able = list(methods(draft.types, cls, draft.types.bound(cls, ())))
    inside = next((m for m in able if _takes_work(draft, m)), None)
    if inside is not None:
        return _scheduled(draft, cls, inside)
    takes, gives = _named(able, _TAKE), _named(able, _GIVE)
    if takes is None or gives is None:
        return None
    return _held(draft, cls, takes, gives)


def _takes_work(draft: Draft, method: Callee) -> bool:
    """`runExclusive(work)`: it calls what it is given."""
    functions = [p for p in method.required if draft.types.expanded(p.hint).name == "function"]
    return bool(functions) and any(word in method.name.lower() for word in _INSIDE)


def _named(able: list[Callee], words: tuple[str, ...]) -> Callee | None:
    for word in words:
        for method in able:
            if method.name.lower().startswith(word):
                return method
    return None


def _held(draft: Draft, cls: Definition, takes: Callee, gives: Callee) -> Shape:
    """Who took it and has not given it back is one at most."""
    world = World()
    choose_few(draft, [takes, gives])
    for parameter in (*takes.required, *gives.required):
        pool = FEW.get(draft.types.expanded(parameter.hint).name)
        if names_holder(parameter.name) and pool is not None:
            draft.arbitraries.chosen[parameter.name] = pool
    receiver = f"world.{build(draft, world, Hint(cls.key), subject_name(cls))}"
    taken, given = (_step(draft, callee, receiver) for callee in (takes, gives))
    who = taken.key or 'Symbol("holder")'
    granted = _granted(draft, takes)
    steps = [
        Step(taken.name, taken.arguments, f"{taken.call}{granted}", f'{who}, "takes"'),
        Step(given.name, given.arguments, given.call, f'{given.key or who}, "gives"'),
    ]
    if not taken.key:
        draft.note(f"`{takes.name}` does not say who: count those that hold it")
    check = (draft.asserting.at_most("model.holders.size", "1"),)
    return Shape("machine", (), {
        "world": world, "steps": steps, "refusals": refusals(draft, (takes, gives)),
        "check": check, "model": "{ holders: new Set() }",
        "model_type": "{ holders: Set<unknown> }",
        "holders": "delete(who)" if given.key else "clear()",
    })  # fmt: skip


def _step(draft: Draft, callee: Callee, receiver: str) -> Step:
    """A step whose key is who it is done by, where the call says so."""
    step = step_of(draft, callee, receiver, {})
    pairs = zip(callee.required, step.arguments, strict=False)
    who = next((drawn.name for asked, drawn in pairs if names_holder(asked.name)), step.key)
    return replace(step, key=who)


def _granted(draft: Draft, takes: Callee) -> str:
    """What is true of the result when it was given."""
    found = draft.types.expanded(takes.returns)
    nothing = found.name == "|" and any(p.name in ("null", "undefined") for p in found.arguments)
    if takes.is_async and (nothing or found.name == "boolean"):
        return ".then(Boolean)"
    return " != null" if nothing else ""


def _scheduled(draft: Draft, cls: Definition, method: Callee) -> Shape:
    """Several at once, in every order in which their steps can come."""
    draft.is_async = True
    scheduler = draft.add("scheduler", "fc.scheduler()", Hint("?"))
    count = draft.add("count", "fc.integer({ min: 2, max: 4 })", Hint("number"))
    subject = draft.hold(subject_name(cls), draft.draw_object(Hint(cls.key)))
    values = {}
    for parameter in method.required:
        is_work = draft.types.expanded(parameter.hint).name == "function"
        values[parameter.name] = "work" if is_work else draft.draw(parameter)
    call = method.call(values, subject).removeprefix("await ")
    lines = (
        "let inside = 0;",
        "let most = 0;",
        "const work = async () => {",
        "  inside += 1;",
        "  most = Math.max(most, inside);",
        f'  await {scheduler}.schedule(Promise.resolve(), "inside");',
        "  inside -= 1;",
        "};",
        f"const all = Promise.all(Array.from({{ length: {count} }}, () => {call}));",
        f"await {scheduler}.waitFor(all);",
        draft.asserting.is_value("most", "1"),
    )
    return Shape("property", lines)
