"""What tells one thing from another: keys, of which a test draws few, so that they meet."""

from __future__ import annotations

import re

from adr_lsp.scaffold.rust.callee import Callee, fields
from adr_lsp.scaffold.rust.draft import Draft
from adr_lsp.scaffold.rust.expression import Expression, Then
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import INTEGERS, Type
from adr_lsp.scaffold.rust.written import named

KEY = re.compile(r"(?:.*_)?(?:key|id|token|nonce|uuid|reference|ref|number|sequence|name|"
                 r"resource|account|node|from|to)\Z")  # fmt: skip


def few(draft: Draft, type_: Type, count: int = 3) -> Expression | None:
    """A few values of a type that keys have; None for another type."""
    if type_.name in INTEGERS:
        return f"1..={count}{type_.name}"
    if type_.name == "String":
        return f'"[{"abcdefgh"[0]}-{"abcdefgh"[count - 1]}]"'
    if type_.name == "uuid::Uuid":
        return f"(1..={count}u128).prop_map({draft.names.use('uuid::Uuid')}::from_u128)"
    if type_.item is not None and type_.item.kind == "struct":
        held = fields(draft.code, type_)
        single = len(held) == 1 and held[0][0].name == "0" and held[0][1] == "pub"
        inner = few(draft, owned(held[0][0].type), count) if single else None
        return Then(inner, f"prop_map({named(draft.names, type_)})") if inner else None
    return None


def choose_few(draft: Draft, callees: list[Callee]) -> None:
    """Few keys for every call, and in every object that a call takes."""
    for parameter in (p for callee in callees for p in callee.parameters):
        type_ = owned(parameter.type)
        whole = few(draft, type_) if KEY.match(parameter.name) else None
        if whole is not None:
            draft.strategies.chosen["", parameter.name] = whole
        elif type_.item is not None and type_.item.kind == "struct":
            for part, _ in fields(draft.code, type_):
                pool = few(draft, owned(part.type)) if KEY.match(part.name) else None
                if pool is not None:
                    draft.strategies.chosen[type_.item.id, part.name] = pool
