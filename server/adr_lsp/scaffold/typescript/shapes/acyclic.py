"""Acyclic: no way leads back to where it began."""

from __future__ import annotations

import re

from adr_lsp.scaffold.typescript.amounts import readable
from adr_lsp.scaffold.typescript.callee import methods
from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.machine import (
    World,
    build,
    choose_few,
    fields_of,
    refusals,
    steps_of,
    subject_name,
)
from adr_lsp.scaffold.typescript.module import Definition

_PLAIN = ("string", "number", "literal")
_FROM = ("from", "source", "parent", "before", "start", "child", "id", "name", "key")
_TO = re.compile(r"to|target|next|after|end|parent(?:Id)?|dependsOn|dependencies|requires|children|"
                 r"needs|blockedBy|follows|imports|extends")  # fmt: skip


def acyclic(draft: Draft) -> Shape | None:
    for callee in draft.functions():
        receiver = draft.receiver(callee)
        if callee.owner and callee.kind == "method" and _mutates(draft, callee.returns):
            draft.start_over()
            return _of_class(draft, callee.owner)
        values = draft.draw_all(callee)
        call = f"const result = {callee.call(values, receiver)};"
        edges = _edges(draft, callee.returns, "result")
        return Shape("property", (call, *_peeled(draft, edges))) if edges else None
    cls = draft.cls()
    return _of_class(draft, cls) if cls else None


def _mutates(draft: Draft, returns: Hint) -> bool:
    return draft.types.expanded(returns).name in ("void", "boolean", "?", "undefined")


def _peeled(draft: Draft, edges: str) -> tuple[str, ...]:
    """Edges that lead to nothing are taken away until none is left, or only those of cycles."""
    return (
        f"let edges = {edges};",
        "for (let count = -1; count !== edges.length; ) {",
        "  count = edges.length;",
        "  edges = edges.filter(([, to]) => edges.some(([from]) => from === to));",
        "}",
        draft.asserting.equal("edges", "[]"),
    )


def _edges(draft: Draft, hint: Hint, source: str) -> str | None:
    """The pairs of what leads where, read off the type of a graph."""
    found = draft.types.expanded(hint)
    const = " as const" if draft.typed else ""
    if found.name in ("Record", "Map") or (found.name == "object" and found.arguments):
        many = draft.types.expanded(found.arguments[-1]).name
        entries = f"[...{source}]" if found.name == "Map" else f"Object.entries({source})"
        if many in ("array", "Set"):
            return f"{entries}.flatMap(([from, all]) => [...all].map((to) => [from, to]{const}))"
        from_text = found.name != "Map" or draft.types.expanded(found.arguments[0]).name == "string"
        return entries if many == "string" and from_text else None
    element = draft.element(found)
    if element is None:
        return None
    inner = draft.types.expanded(element)
    if inner.name == "tuple" and len(inner.arguments) == 2:
        one, other = (draft.types.expanded(part) for part in inner.arguments)
        if one != other:
            return None
        return f"[...{source}]"
    return _of_nodes(draft, element, source, const)


def _of_nodes(draft: Draft, element: Hint, source: str, const: str) -> str | None:
    """`{ from, to }`, `{ id, parentId }`, `{ name, dependsOn: [] }`."""
    shown = fields_of(draft, element)
    starts = [name for name in _FROM if name in dict(shown)]
    ends = [(name, draft.types.expanded(h)) for name, h in shown if _TO.fullmatch(name)]
    for name, hint in ends:
        start = next((each for each in starts if each != name), None)
        if start is None:
            continue
        if hint.name in ("array", "Set"):
            inside = f"[...item.{name}].map((to) => [item.{start}, to]{const})"
            return f"{source}.flatMap((item) => {inside})"
        return f"{source}.map((item) => [item.{start}, item.{name}]{const})"
    return None


def _of_class(draft: Draft, cls: Definition) -> Shape | None:
    """Whatever is done, what the object shows has no cycle."""
    own, subject, world = Hint(cls.key), subject_name(cls), World()
    draft.machine = True
    able = list(methods(draft.types, cls, {}))
    pool = 'fc.constantFrom("a", "b", "c")'
    for parameter in (p for callee in able for p in callee.required):
        if draft.types.expanded(parameter.hint).name == "string":
            draft.arbitraries.chosen[parameter.name] = pool
    choose_few(draft, able)
    for name, hint in readable(draft.types, cls):
        edges = _edges(draft, hint, f"world.{subject}.{name}")
        if edges:
            build(draft, world, own, subject)
            steps = steps_of(draft, cls, f"world.{subject}", name.strip("()"))
            bare = [type(s)(s.name, s.arguments, s.call) for s in steps]
            return Shape("machine", (), {
                "world": world, "steps": bare, "refusals": refusals(draft, able),
                "check": _peeled(draft, edges),
            }) if bare else None  # fmt: skip
    draft.start_over()
    return None
