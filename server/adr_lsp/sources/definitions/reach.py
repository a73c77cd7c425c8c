"""What a test reaches by name in its own file.

Names are followed as words: whatever bears a name that a reached piece of code says is reached,
although a nearer binding may hide it. So nothing is missed, and what nobody names stays apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.sources.definitions.passage import Said
from adr_lsp.sources.definitions.shape import Around, Part, Reached, Shape, Statement


def reached(around: Around) -> dict[str, Reached]:
    """The test's own definition and all that it reaches, by name; "" for what only acts."""
    found: dict[str, Reached] = {}
    names: set[str] = set()
    for name, function, said in around.own:
        found.setdefault(name, Reached("test", function)).said.append(said)
        names |= said.names
    waiting: list[Part | Statement] = [*around.parts, *around.statements]
    while True:
        met = [one for one in waiting if _is_met(one, names)]
        if not met:
            for one in waiting:
                if isinstance(one, Statement) and one.imports and one.acts:
                    _note(one, found, "scope")
            return _in_order(found, around)
        waiting = [one for one in waiting if not _is_met(one, names)]
        for one in met:
            names |= _note(one, found)


def followed(around: Around, shapes: Iterable[Shape]) -> frozenset[str]:
    """The names that the test says, and those that what bears them in other files says."""
    names = {n for one in reached(around).values() for said in one.said for n in said.names}
    waiting: list[Part | Statement] = []
    for shape in shapes:
        waiting += [*shape.parts.values(), *(s for s in shape.statements if s.binds)]
    while True:
        met = [one for one in waiting if _is_met(one, names)]
        if not met:
            return frozenset(names)
        waiting = [one for one in waiting if not _is_met(one, names)]
        for one in met:
            names |= one.names() if isinstance(one, Part) else one.said.names


def _is_met(one: Part | Statement, names: set[str]) -> bool:
    if isinstance(one, Part):
        return not one.tags.isdisjoint(names)
    if one.about:
        return not names.isdisjoint(one.about)
    return (one.acts and not (one.imports and one.binds)) or not names.isdisjoint(one.binds)


def _note(
    one: Part | Statement, found: dict[str, Reached], kind: str = "reached"
) -> frozenset[str]:
    for name, function, said in _said(one):
        found.setdefault(name, Reached(kind, function)).said.extend(said)
    if isinstance(one, Part):
        return one.names() | one.tags
    return one.said.names | frozenset(one.binds)


def _said(one: Part | Statement) -> Iterable[tuple[str, bool, list[Said]]]:
    if isinstance(one, Part):
        return [(one.name, one.function, [*one.header, *one.body])]
    names = [one.name] if one.name else one.binds
    return [(name, bool(one.name), [one.said]) for name in names or ("",)]


def _in_order(found: dict[str, Reached], around: Around) -> dict[str, Reached]:
    """What was said under each name, in the file's order, however it was reached."""
    order: dict[int, int] = {}
    everything: list[Part | Statement] = [*around.parts, *around.statements]
    for one in everything:
        for _, _, several in _said(one):
            for said in several:
                order.setdefault(id(said), len(order))
    for each in found.values():
        each.said.sort(key=lambda said: order.get(id(said), -1))
    return found
