"""Append-only: whatever is done, what was there stays as it was."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, function_callee
from adr_lsp.scaffold.python.draft import Draft, Shape, snake
from adr_lsp.scaffold.python.keys import choose_few
from adr_lsp.scaffold.python.machine import (
    Rule,
    made,
    met,
    methods,
    owner_of,
    rule_of,
    taken,
    views,
)


def append_only(draft: Draft) -> Shape | None:
    cls = owner_of(draft)
    if cls is not None:
        return _of_class(draft, cls)
    for found in draft.targets:
        if isinstance(found.object, griffe.Function):
            return _of_functions(draft, found.object)
    return None


def _of_class(draft: Draft, cls: griffe.Class) -> Shape | None:
    subject = snake(cls.name)
    created = made(draft, Hint(cls.path), {})
    if created is None:
        return None
    first = taken(draft)
    seen = [view for view, _ in views(draft, cls)]
    view = seen[0] if seen else None
    actions = [m for m in methods(draft, cls) if m.name != (view or "").strip(".()")]
    choose_few(draft, actions)
    rules = tuple(rule_of(draft, action, f"self.{subject}") for action in actions)
    if not rules:
        return None
    return _shape(draft, subject, created, first, rules, view)


def _of_functions(draft: Draft, function: griffe.Function) -> Shape | None:
    """The state is the first argument; other functions of the module that take it act as well."""
    callee = _called(draft, function)
    if not callee.required:
        return None
    state = draft.hint(callee.required[0])
    created = made(draft, state, {})
    if created is None:
        return None
    first = taken(draft)
    subject = callee.required[0].name
    thing = draft.code.definition(state.name) if "." in state.name else None
    found = [v for v, _ in views(draft, thing)] if isinstance(thing, griffe.Class) else [""]
    members = function.module.members.values()
    public = [m for m in members if isinstance(m, griffe.Function) and m.name[0] != "_"]
    others = [_called(draft, member) for member in public]
    held = draft.annotation(callee.required[0].annotation, function)
    choose_few(draft, others)
    rules = [r for other in others if (r := _function_rule(draft, other, subject, state))]
    view = found[0] if found else None
    return _shape(draft, subject, created, first, tuple(rules), view, held)


def _called(draft: Draft, function: griffe.Function) -> Callee:
    return function_callee(draft.code, function, function.name)


def _function_rule(draft: Draft, callee: Callee, subject: str, state: Hint) -> Rule | None:
    """A function that changes the state, or returns the next one."""
    if not callee.required or draft.hint(callee.required[0]) != state:
        return None
    returned = draft.result(callee) == state
    if not (returned or callee.mutates):
        return None
    known = draft.names.use(callee.scope.module.path, callee.name)
    draw = {p.name: draft.draw(p) for p in callee.required[1:]}
    call = callee.call({callee.required[0].name: f"self.{subject}", **draw})
    call = call.replace(callee.expression, known, 1)
    lead = f"self.{subject} = " if returned else ""
    return Rule(f"{callee.name}_" if callee.name == subject else callee.name, taken(draft),
                lead + call, ())  # fmt: skip


def _shape(
    draft: Draft, subject: str, created: str, first: object, rules: tuple[Rule, ...],
    view: str | None, held: str | None = None,
) -> Shape:  # fmt: skip
    if view is None:
        draft.note(f"say how to read everything that {subject} holds")
    rules, bundles = met(draft, rules)
    values = {
        "bundles": bundles,
        "subject": subject,
        "created": created,
        "held": f": {held}" if held and created[-2:] in ("[]", "()", "{}") else "",
        "first": first,
        "rules": rules,
        "view": "..." if view is None else f"self.{subject}{view}",
        "deepcopy": draft.names.use("copy", "deepcopy"),
    }
    return Shape("append_only.py.j2", values)
