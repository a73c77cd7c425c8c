"""Metamorphic: how the result changes when what goes in is changed in a known way."""

from __future__ import annotations

import re

from adr_lsp.scaffold.python.annotations import UNKNOWN
from adr_lsp.scaffold.python.callee import Callee, Parameter
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.order import NUMBERS
from adr_lsp.scaffold.python.shapes.commutativity import any_order

_DOUBLED = re.compile(r"\bdoubl|\btwice\b")
_SHUFFLED = re.compile(r"\border\b|\bshuffl|\bpermut|\breorder")
_ADDED = re.compile(r"\badd(?:s|ed|ing)?\b|\bextra\b|\banother\b|\bone more\b|\bappend")
_LESS = re.compile(r"(?:never|not) (?:\w+ ){0,3}(?:more|higher|greater|longer|rais|increas)")
_MORE = re.compile(r"(?:never|not) (?:\w+ ){0,3}(?:fewer|less|lower|shorter|smaller|decreas|remov)")
_LISTS = frozenset({"list", "collections.abc.Sequence", "collections.abc.Iterable"})


def metamorphic(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is None or callee.kind == "class" or callee.mutates or not callee.required:
            continue
        text = draft.statement.lower()
        lists = [p for p in callee.required if draft.hint(p).name in _LISTS]
        if _SHUFFLED.search(text) and lists:
            return any_order(draft, callee)
        if _ADDED.search(text) and lists:
            return _added(draft, callee, lists[0])
        return _changed(draft, callee)
    return None


def _changed(draft: Draft, callee: Callee) -> Shape:
    """Twice as much of a number, else what the author says."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    numbers = [p for p in callee.required if draft.hint(p).name in NUMBERS]
    first = (numbers or callee.required)[0].name
    doubled = _DOUBLED.search(draft.statement.lower()) and numbers
    if not doubled:
        draft.note(f"say how `{values[first]}` is changed, and what that does to the result")
    changed = f"2 * {values[first]}" if doubled else "..."
    return _shape(callee, values, receiver, first, changed,
                  "after == 2 * before" if doubled else "")  # fmt: skip


def _added(draft: Draft, callee: Callee, many: Parameter) -> Shape:
    """One element more."""
    receiver = draft.receiver(callee)
    values = draft.draw_all(callee.required)
    hint = draft.hint(many)
    element = hint.arguments[0] if hint.arguments else UNKNOWN
    named = draft.strategies.name_of(element.name) if element != UNKNOWN else None
    extra = draft.add("extra", draft.strategies.of(element), named, element)
    text = draft.statement.lower()
    sign = ">=" if _MORE.search(text) else "<=" if _LESS.search(text) else ""
    if not sign:
        draft.note("say what one more does to the result")
    sized = "len({})" if draft.result(callee).name in _LISTS else "{}"
    compared = f"{sized.format('after')} {sign} {sized.format('before')}" if sign else ""
    changed = f"[*{values[many.name]}, {extra}]"
    return _shape(callee, values, receiver, many.name, changed, compared)


def _shape(
    callee: Callee, values: dict[str, str], receiver: str, name: str, changed: str, compared: str
) -> Shape:  # fmt: skip
    before = callee.call(values, receiver)
    after = callee.call({**values, name: changed}, receiver)
    return Shape("metamorphic.py.j2", {"before": before, "after": after, "compared": compared})
