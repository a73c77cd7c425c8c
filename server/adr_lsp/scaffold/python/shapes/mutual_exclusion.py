"""Mutual exclusion: what one holds, no other has at that time."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.scaffold.holder import names_holder
from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, Parameter
from adr_lsp.scaffold.python.draft import Draft, Shape, snake
from adr_lsp.scaffold.python.keys import few
from adr_lsp.scaffold.python.machine import (
    made,
    methods,
    owner_of,
    refusals,
    rule_name,
    rule_of,
    taken,
)
from adr_lsp.value import dataclass

_PAIRS = (
    ("acquire", "release"), ("lock", "unlock"), ("enter", "leave"), ("enter", "exit"),
    ("claim", "release"), ("take", "give"), ("take", "release"), ("reserve", "release"),
    ("reserve", "cancel"), ("borrow", "return"), ("checkout", "checkin"), ("grant", "revoke"),
    ("book", "cancel"), ("occupy", "vacate"), ("begin", "end"), ("start", "stop"),
    ("open", "close"), ("elect", "resign"), ("lease", "release"), ("join", "leave"),
    ("assign", "unassign"), ("attach", "detach"), ("acquire", "give"), ("seize", "release"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two calls as the machine writes it: `did` is what tells that it was granted."""

    name: str
    arguments: tuple[object, ...]
    call: str
    refusals: tuple[str, ...]
    did: str
    held: str


def mutual_exclusion(draft: Draft) -> Shape | None:
    cls = owner_of(draft)
    if cls is None:
        return None
    draft.machine = True
    found = {method.name: method for method in methods(draft, cls)}
    pair = next(_pairs(found), None)
    if pair is None:
        return None
    subject = snake(cls.name)
    created = made(draft, Hint(cls.path), {})
    if created is None:
        return None
    first = taken(draft)
    _choose_few(draft, pair)
    grab, drop = (_side(draft, callee, f"self.{subject}") for callee in pair)
    others = [
        rule_of(draft, other, f"self.{subject}")
        for other in found.values()
        if other not in pair and (other.mutates or other.required)
    ]
    return Shape(
        "mutual_exclusion.py.j2",
        {"subject": subject, "created": created, "first": first, "grab": grab, "drop": drop,
         "others": others, "known": _holder(pair[0]) is not None},
    )  # fmt: skip


def _pairs(found: dict[str, Callee]) -> Iterator[tuple[Callee, Callee]]:
    """A method that takes and its other half: `acquire` and `release`, `lock_seat`."""
    for grab, drop in _PAIRS:
        for name in found:
            parts = name.split("_")
            if grab in parts:
                other = "_".join(drop if part == grab else part for part in parts)
                if other in found:
                    yield found[name], found[other]


def _holder(callee: Callee) -> Parameter | None:
    """Who takes: a parameter that is called so, else the last of several."""
    named = [p for p in callee.required if names_holder(p.name)]
    return next(iter(named), callee.required[-1] if len(callee.required) > 1 else None)


def _choose_few(draft: Draft, pair: tuple[Callee, Callee]) -> None:
    """Few holders and few things, so that they meet."""
    for parameter in (p for callee in pair for p in callee.required):
        pool = few(draft, draft.hint(parameter))
        if pool is not None:
            draft.strategies.chosen["", parameter.name] = pool


def _side(draft: Draft, callee: Callee, receiver: str) -> _Side:
    values = draft.draw_all(callee.required)
    holder = _holder(callee)
    things = [values[p.name] for p in callee.required if p is not holder]
    thing = f"({', '.join(things)},)" if len(things) != 1 else things[0]
    if not things:
        thing = '"it"'
    held = f"({thing}, {values[holder.name]})" if holder else thing
    call = callee.call(values, receiver)
    if callee.is_async:
        draft.names.use("asyncio")
    arguments = taken(draft)
    refused = refusals(draft, callee)
    return _Side(rule_name(callee.name), arguments, call, refused, _did(draft, callee), held)


def _did(draft: Draft, callee: Callee) -> str:
    """How an answer tells that it was granted; "" where only a refusal tells."""
    result = draft.result(callee)
    if result.name == "bool":
        return "{}"
    optional = result.name == "|" and any(part.name == "None" for part in result.arguments)
    return "{} is not None" if optional else ""
