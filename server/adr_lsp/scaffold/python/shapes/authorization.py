"""Authorization: who may, can; who may not, is refused and changes nothing."""

from __future__ import annotations

import re

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, Parameter, fields
from adr_lsp.scaffold.python.draft import Draft, Shape
from adr_lsp.scaffold.python.keys import few
from adr_lsp.scaffold.wording import words

_ACTOR = re.compile(
    r"(?:.*_)?(?:actor|user|caller|principal|who|by|role|subject|requester|account|client|viewer|"
    r"editor|member|person|operator|identity|session|agent|employee|requested_by)(?:_id)?\Z"
)
_OWNED = re.compile(r"(?:owner|author|creator|owned_by|created_by|holder)(?:_id)?\Z")
_DENIED = re.compile(r"(?i)permission|forbid|forbidden|denied|unauthori|notallowed|access")
_ONLY = re.compile(
    r"\bonly (.+?)(?:\b(?:may|can|could|must|shall|is|are|has|have)\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ID = re.compile(r"id|name|key|email|login|number")


def authorization(draft: Draft) -> Shape | None:
    for found in draft.targets:
        callee = draft.callee(found)
        if callee is None or callee.kind == "class":
            continue
        asked = [p for p in callee.required if _ACTOR.match(p.name)]
        denied = _denied(callee)
        if asked and (denied or draft.result(callee).name == "bool"):
            return _shape(draft, callee, asked[0], denied)
    return None


def _denied(callee: Callee) -> str | None:
    """What the call raises to deny: by its name, else the only thing that it raises."""
    named = [name for name in callee.refusals if _DENIED.search(name)]
    return named[0] if named else callee.refusals[0] if len(callee.refusals) == 1 else None


def _shape(draft: Draft, callee: Callee, actor: Parameter, denied: str | None) -> Shape:
    _choose_few(draft, callee)
    receiver = draft.receiver(callee)
    values = {parameter.name: draft.draw(parameter) for parameter in callee.required}
    call = callee.call(values, receiver)
    allowed = _allowed(draft, callee, actor, values, receiver)
    if allowed is None:
        draft.note(f"say when `{values[actor.name]}` may")
    raised = denied and draft.strategies.name_of(draft.code.meaning(denied, callee.scope))
    return Shape("authorization.py.j2", {"call": call, "allowed": allowed, "raised": raised})


def _choose_few(draft: Draft, callee: Callee) -> None:
    """Few names of people, so that an owner meets what is theirs."""
    for parameter in callee.required:
        thing = draft.code.definition(draft.hint(parameter).name)
        held = fields(draft.code, thing) if isinstance(thing, griffe.Class) else ()
        owner = thing.path if isinstance(thing, griffe.Class) else ""
        for item in held or (parameter,):
            person = _OWNED.match(item.name) or _ACTOR.match(item.name) or _ID.search(item.name)
            pool = few(draft, draft.hint(item)) if person else None
            if pool is not None:
                draft.strategies.chosen[owner if held else "", item.name] = pool


def _allowed(
    draft: Draft, callee: Callee, actor: Parameter, values: dict[str, str], receiver: str
) -> str | None:
    """The condition that the statement names: a role, or being the owner."""
    said = _ONLY.search(draft.statement)
    wanted = _singular(said[1]) if said else []
    role = _role(draft, actor, values[actor.name], wanted)
    return role or _ownership(draft, callee, actor, values, receiver)


def _singular(said: str) -> list[str]:
    """The content words of who may, each of several in the singular."""
    return [word.removesuffix("s") for word in words(said.replace("-", "_"))]


def _role(draft: Draft, actor: Parameter, name: str, wanted: list[str]) -> str | None:
    """`user.role == Role.ADMIN`, of the actor or of one of its fields."""
    hint = draft.hint(actor)
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    places = [(name, hint)]
    if isinstance(thing, griffe.Class):
        places += [(f"{name}.{f.name}", draft.hint(f)) for f in fields(draft.code, thing)]
    for place, held in places:
        named = (_member(draft, held, word) for word in wanted)
        values = [*dict.fromkeys(value for value in named if value)]
        if values:
            alike = f"== {values[0]}" if len(values) == 1 else f"in ({', '.join(values)})"
            return f"{place} {alike}"
    flags = [f for f, h in places[1:] if h.name == "bool"
             and any(word in f.rpartition(".")[2] for word in wanted)]  # fmt: skip
    return flags[0] if flags else None


def _member(draft: Draft, hint: Hint, wanted: str) -> str | None:
    """The value of an enumeration or of a `Literal` that the statement names."""
    for literal in hint.literal:
        if literal.strip("\"'").lower() == wanted:
            return literal
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if isinstance(thing, griffe.Class) and draft.code.base_names(thing) & {
        "enum.Enum", "enum.StrEnum", "enum.IntEnum"}:  # fmt: skip
        member = next((m for m in thing.members if m.lower() == wanted), None)
        known = draft.strategies.name_of(thing.path)
        return f"{known}.{member}" if member and known else None
    return None


def _ownership(
    draft: Draft, callee: Callee, actor: Parameter, values: dict[str, str], receiver: str
) -> str | None:
    """`document.owner == user`, where the statement speaks of it."""
    if not {"owner", "author", "creator", "own", "holder"} & set(words(draft.statement)):
        return None
    held = [(values[p.name], draft.hint(p)) for p in callee.required if p is not actor]
    if receiver and callee.owner:
        held.insert(0, (receiver, Hint(callee.owner.path)))
    for name, hint in held:
        thing = draft.code.definition(hint.name) if "." in hint.name else None
        for field in fields(draft.code, thing) if isinstance(thing, griffe.Class) else ():
            if _OWNED.match(field.name):
                who = _like(draft, actor, values[actor.name], draft.hint(field))
                return f"{name}.{field.name} == {who}" if who else None
    return None


def _like(draft: Draft, actor: Parameter, name: str, wanted: Hint) -> str | None:
    """The actor, or that field of it which is of the wanted type."""
    hint = draft.hint(actor)
    if hint == wanted:
        return name
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    known = fields(draft.code, thing) if isinstance(thing, griffe.Class) else ()
    alike = [f.name for f in known if draft.hint(f) == wanted]
    told = [n for n in alike if _ID.search(n)] or alike
    return f"{name}.{told[0]}" if told else None
