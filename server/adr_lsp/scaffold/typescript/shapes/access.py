"""Authorization: who is not entitled is refused. Total: no input makes it fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.draft import Draft, Shape
from adr_lsp.scaffold.typescript.hint import Hint, string_of
from adr_lsp.scaffold.typescript.machine import fields_of
from adr_lsp.scaffold.typescript.syntax import field, named, said

if TYPE_CHECKING:
    from tree_sitter import Node

Held = list[tuple[str, Hint]]

_OWNER = re.compile(r"owner|author|creator|createdBy|userId|assignee|holder|member", re.I)
_SELF = ("id", "userId", "name", "email", "login", "username")
_FLAG = re.compile(r"is[A-Z]\w*|can[A-Z]\w*|has[A-Z]\w*|admin|enabled|verified|active")


def total(draft: Draft) -> Shape | None:
    """Whatever comes in, the call does not fail."""
    for callee in draft.functions():
        receiver = draft.receiver(callee)
        values = {p.name: draft.draw(p) for p in callee.required}
        call = callee.call(values, receiver)
        stated = draft.asserting.never_throws(call, is_async=callee.is_async)
        return Shape("property", (stated,)) if draft.arguments else None
    return None


def authorization(draft: Draft) -> Shape | None:
    """A call by who is not entitled says no, or throws."""
    for callee in draft.functions():
        if not callee.required:
            return None
        receiver = draft.receiver(callee)
        values = {parameter.name: draft.draw(parameter) for parameter in callee.required}
        call = callee.call(values, receiver)
        answers = draft.types.expanded(callee.returns).name == "boolean"
        refused = (
            draft.asserting.is_value(call, "false")
            if answers
            else draft.asserting.throws(call, is_async=callee.is_async)
        )
        held = [(values[p.name], p.hint) for p in callee.required]
        held += [(receiver, Hint(callee.owner.key))] if callee.owner and receiver else []
        entitled = _entitled(draft, held)
        if not entitled:
            return Shape("property", draft.blank(f"fc.pre(!entitled); {refused}"))
        stated = f"const entitled = {' || '.join(entitled)};"
        return Shape("property", (stated, "fc.pre(!entitled);", refused))
    return None


def _entitled(draft: Draft, held: Held) -> list[str]:
    """What the statement says of who may: a role by its name, the owner by a field."""
    parts = list(_parts(draft, held))
    found = (*_roles(draft, parts), *_flags(draft, parts), *_owned(draft, parts))
    return list(dict.fromkeys(found))


def _parts(draft: Draft, held: Held) -> Iterator[tuple[str, Hint]]:
    """`user.role` and every other part of what the call is given, with its type."""
    for source, hint in held:
        yield source, hint
        for name, inner in fields_of(draft, hint):
            yield f"{source}.{name}", inner


def _roles(draft: Draft, parts: Held) -> Iterator[str]:
    """A literal or a member of an enum that the statement names."""
    words = draft.statement.lower()
    for source, hint in parts:
        expanded = draft.types.expanded(hint)
        literals = expanded.arguments if expanded.name == "|" else (expanded,)
        for literal in literals:
            text = string_of(literal.literal)
            if literal.name == "literal" and text and _said(text, words):
                yield f"{source} === {literal.literal}"
        definition = draft.types.definition(expanded)
        if definition is not None and definition.kind == "enum":
            for member in _members(definition.node):
                if _said(member, words):
                    yield f"{source} === {draft.arbitraries.use(definition)}.{member}"


def _members(node: Node) -> Iterator[str]:
    for member in named(field(node, "body")):
        yield said(field(member, "name") or member)


def _said(text: str, words: str) -> bool:
    return bool(re.search(rf"\b{re.escape(text.lower())}s?\b", words))


def _flags(draft: Draft, parts: Held) -> Iterator[str]:
    words = draft.statement.lower()
    for source, hint in parts:
        name = source.rpartition(".")[2]
        plain = re.sub(r"^(?:is|has|can)(?=[A-Z])", "", name)
        boolean = draft.types.expanded(hint).name == "boolean"
        if boolean and _FLAG.fullmatch(name) and _said(plain, words):
            yield source


def _owned(draft: Draft, parts: Held) -> Iterator[str]:
    """`user.id === document.ownerId`."""
    if not _OWNER.search(draft.statement):
        return
    kinds = [(source, draft.types.expanded(hint).name) for source, hint in parts]
    owners = [(s, k) for s, k in kinds if "." in s and _OWNER.search(s.rpartition(".")[2])]
    for owner, kind in owners:
        holder = owner.partition(".")[0]
        for source, other in kinds:
            elsewhere = source.partition(".")[0] != holder and other == kind
            itself = "." not in source or source.rpartition(".")[2] in _SELF
            if elsewhere and itself and kind in ("string", "number", "bigint"):
                yield f"{source} === {owner}"
                return
