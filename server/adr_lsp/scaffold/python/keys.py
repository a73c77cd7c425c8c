"""What tells one thing from another: keys, of which a machine draws few, so that they meet."""

from __future__ import annotations

import re

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, fields
from adr_lsp.scaffold.python.draft import Draft
from adr_lsp.scaffold.python.expression import Call, Expression, Then

KEY = re.compile(r"(?:.*_)?(?:key|id|token|nonce|uuid|reference|ref|number|sequence|name)\Z")


def few(draft: Draft, hint: Hint) -> Expression | None:
    """Three values of a type that keys have; None for another type."""
    if hint.name == "uuid.UUID":
        name = draft.names.use("uuid", "UUID")
        return Then(Call("st.integers", ("1", "3")), f".map(lambda n: {name}(int=n))")
    plain: dict[str, Expression] = {
        "str": Call("st.sampled_from", ('"abc"',)),
        "int": Call("st.integers", ("1", "3")),
        "bytes": Call("st.sampled_from", ('[b"a", b"b", b"c"]',)),
    }
    return plain.get(hint.name)


def choose_few(draft: Draft, callees: list[Callee]) -> None:
    """Few keys for every call, and in every object that a call takes."""
    for parameter in (p for callee in callees for p in callee.required):
        thing = draft.code.definition(draft.hint(parameter).name)
        held = fields(draft.code, thing) if isinstance(thing, griffe.Class) else ()
        owner = thing.path if isinstance(thing, griffe.Class) else ""
        for item in held or (parameter,):
            pool = few(draft, draft.hint(item)) if KEY.match(item.name) else None
            if pool is not None:
                draft.strategies.chosen[owner if held else "", item.name] = pool
