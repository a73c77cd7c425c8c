"""Authorization: what is done, someone was allowed to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.scaffold.rust.amounts import readable, seen
from adr_lsp.scaffold.rust.callee import Callee, methods, result_of, variants
from adr_lsp.scaffold.rust.draft import Draft, Shape
from adr_lsp.scaffold.rust.items import name_of
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import Type
from adr_lsp.scaffold.rust.written import named

_ALLOWS = re.compile(r"(?:may|can|is_allowed|allows|permits|has_permission|is_admin|authoriz)\w*\Z")


def authorization(draft: Draft) -> Shape | None:
    callees = [callee for callee in draft.callees() if _done(callee)]
    if not callees:
        return None
    subject = next((c for c in callees if not _ALLOWS.match(c.name)), callees[0])
    receiver = draft.receiver(subject)
    given = draft.draw_all(subject.parameters)
    allowed = _by_variant(draft) or _by_question(draft, subject)
    if allowed is None:
        draft.note("say who is allowed to")
        allowed = draft.blank("who is allowed to", Type("bool"))
    call = draft.call(subject, given, receiver)
    done = f"{call}{_done(subject)}".rstrip()
    return Shape("authorization.rs.j2", {"allowed": allowed, "done": done})


def _done(callee: Callee) -> str | None:
    """How a call says that it was done."""
    kind, _ = result_of(callee.returns)
    if callee.returns.name == "bool":
        return " "
    return {"Result": ".is_ok()", "Option": ".is_some()"}.get(kind)


def _by_variant(draft: Draft) -> str | None:
    """The variants of a drawn role that the statement names."""
    words = {w.rstrip("s") for w in re.findall(r"\w+", draft.statement.lower())}
    for source, type_ in _enums(draft):
        name = named(draft.names, type_)
        told = [name_of(v) for v in variants(type_) if name_of(v).lower().rstrip("s") in words]
        if told and name:
            plain = {name_of(v): v for v in variants(type_)}
            bodies = {n: plain[n].child_by_field_name("body") for n in told}
            shown = [f"{name}::{n}{' { .. }' if bodies[n] else ''}" for n in told]
            return f"matches!({source}, {' | '.join(shown)})"
    return None


def _enums(draft: Draft) -> Iterator[tuple[str, Type]]:
    for argument in draft.arguments:
        if argument.type.item is not None and argument.type.item.kind == "enum":
            yield argument.name, argument.type
    for argument in draft.arguments:
        for name, member in readable(draft, argument.type):
            held = seen(member)
            if held.item is not None and held.item.kind == "enum":
                yield f"{argument.name}{name}", held


def _by_question(draft: Draft, subject: Callee) -> str | None:
    """A function that answers whether someone may: the other target, or one of a drawn object."""
    others = [c for c in draft.callees() if c.node != subject.node and c.returns.name == "bool"]
    for argument in draft.arguments:
        if argument.type.item is not None:
            others += [m for m in methods(draft.code, argument.type)
                       if m.returns.name == "bool" and _ALLOWS.match(m.name)]  # fmt: skip
    for callee in others:
        holder = next((a.name for a in draft.arguments if a.type == callee.owner), "")
        fitting = [[a for a in draft.arguments if a.type == owned(p.type)]
                   for p in callee.parameters]  # fmt: skip
        if (callee.is_method and not holder) or not all(fitting):
            continue
        pairs = zip(callee.parameters, fitting, strict=True)
        given = {p.name: draft.given(p, found[0].name) for p, found in pairs}
        return draft.call(callee, given, holder)
    return None
