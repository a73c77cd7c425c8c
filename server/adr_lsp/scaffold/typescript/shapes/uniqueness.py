"""Uniqueness: no two have the same key."""

from __future__ import annotations

import re

from adr_lsp.scaffold.typescript.callee import Callee, methods
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.expression import Call, Members
from adr_lsp.scaffold.typescript.hint import NOTHING, Hint
from adr_lsp.scaffold.typescript.machine import (
    FEW,
    World,
    build,
    choose_few,
    fields_of,
    is_key,
    listed,
    refusals,
    steps_of,
    subject_name,
    views,
)
from adr_lsp.scaffold.typescript.module import Definition

_PLAIN = ("string", "number", "bigint", "literal", "boolean")


def uniqueness(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        if draft.element(callee.returns) is not None:
            return _within(draft, callee)
        if callee.owner and callee.kind == "method" and draft.changes(callee):
            return _of_class(draft, callee.owner)
        return _between(draft, callee)
    cls = draft.cls()
    return _of_class(draft, cls) if cls else None


def _within(draft: Draft, callee: Callee) -> Shape | None:
    """No two parts of the result have the same key."""
    receiver = draft.receiver(callee)
    call = f"const result = {callee.call(draft.draw_all(callee), receiver)};"
    keys = _keys(draft, callee.returns, "result")
    return Shape("property", (call, *_distinct(draft, keys))) if keys else None


def _distinct(draft: Draft, keys: str) -> tuple[str, ...]:
    if re.fullmatch(r"\w+", keys):
        return (draft.asserting.is_value(f"new Set({keys}).size", f"{keys}.length"),)
    stated = draft.asserting.is_value("new Set(keys).size", "keys.length")
    return (f"const keys = {keys};", stated)


def _keys(draft: Draft, hint: Hint, source: str) -> str | None:
    element = draft.element(hint)
    if element is None or draft.types.expanded(hint).name != "array":
        return None
    if draft.types.expanded(element).name in (*_PLAIN, "|"):
        return source
    key = key_of(draft, element)
    return f"{source}.map((item) => item.{key})" if key else None


def key_of(draft: Draft, element: Hint) -> str | None:
    """The field that the statement names, else one that is a key by its name."""
    shown = [n for n, h in fields_of(draft, element) if draft.types.expanded(h).name in _PLAIN]
    words = set(re.findall(r"\w+", draft.statement.lower()))
    said = [name for name in shown if name.lower() in words or f"{name.lower()}s" in words]
    return next(iter([*said, *(name for name in shown if is_key(name))]), None)


def _between(draft: Draft, callee: Callee) -> Shape | None:
    """Of different inputs no two give the same; without inputs, no two calls."""
    if callee.returns in NOTHING:
        return None
    if not callee.required:
        count = draft.add("count", "fc.integer({ min: 2, max: 50 })", Hint("number"))
        receiver = draft.receiver(callee)
        call = callee.call({}, receiver)
        made = f"const keys = Array.from({{ length: {count} }}, () => {call});"
        return Shape("property", (made, *_distinct(draft, "keys")))
    first = callee.required[0]
    arbitrary = draft.arbitraries.of_parameter(first)
    plain = draft.types.expanded(first.hint).name in _PLAIN
    options = () if plain else (Members((("selector", "(value) => JSON.stringify(value)"),)),)
    receiver = draft.receiver(callee)
    draft.note_refusals(callee)
    rest = {p.name: draft.draw(p) for p in callee.required[1:]}
    several = draft.add("several", Call("fc.uniqueArray", (arbitrary, *options)), first.hint)
    given = {p.name: rest.get(p.name, "each") for p in callee.required}
    call = callee.call(given, receiver)
    mapped = f"{several}.map((each) => {call})"
    if callee.is_async:
        mapped = f"await Promise.all({several}.map((each) => {call.removeprefix('await ')}))"
    return Shape("property", (f"const keys = {mapped};", *_distinct(draft, "keys")))


def _choose_key(draft: Draft, own: Hint) -> None:
    """Few values of what must not be there twice, so that it is asked for again."""
    for _, hint in views(draft, own):
        element = draft.element(hint)
        key = key_of(draft, element) if element else None
        kinds = dict(fields_of(draft, element)) if element else {}
        pool = FEW.get(draft.types.expanded(kinds[key]).name) if key else None
        if key and pool is not None:
            draft.arbitraries.chosen[key] = pool


def _of_class(draft: Draft, cls: Definition) -> Shape | None:
    """Whatever is done, no two that the object holds have the same key."""
    own, subject, world = Hint(cls.key), subject_name(cls), World()
    draft.machine = True
    able = list(methods(draft.types, cls, {}))
    choose_few(draft, able)
    _choose_key(draft, own)
    for view, hint in views(draft, own):
        source = f"world.{subject}{view}"
        keys = _keys(draft, Hint("array", hint.arguments), source)
        if keys:
            build(draft, world, own, subject)
            steps = steps_of(draft, cls, f"world.{subject}", view.strip(".()"))
            bare = [type(s)(s.name, s.arguments, s.call) for s in steps]
            keys = listed(source, hint) if keys == source else keys
            values = {"world": world, "steps": bare, "refusals": refusals(draft, able)}
            check = _distinct(draft, keys)
            return Shape("machine", (), {**values, "check": check}) if bare else None
    draft.start_over()
    return None
