"""What can be compared, and by what: the field that a statement names."""

from __future__ import annotations

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import fields
from adr_lsp.scaffold.python.draft import Draft
from adr_lsp.scaffold.python.keys import KEY
from adr_lsp.scaffold.wording import words

NUMBERS = frozenset({"int", "float", "decimal.Decimal", "fractions.Fraction"})
COMPARED = NUMBERS | {
    "str", "bytes", "bool", "datetime.datetime", "datetime.date", "datetime.time",
    "datetime.timedelta", "uuid.UUID", "tuple",
}  # fmt: skip


def field_named(draft: Draft, hint: Hint, *, keys: bool = False) -> str | None:
    """The field of a class that the statement names; with `keys`, else one that tells apart."""
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class):
        return None
    names = [field.name for field in fields(draft.code, thing)]
    said = words(draft.statement)
    stems = {*said, *(word.removesuffix("s") for word in said)}
    chosen = next((n for n in names if n.lower() in stems), None)
    parted = next((n for n in names if stems & set(n.lower().split("_")) and n not in stems), None)
    told = next((n for n in names if KEY.match(n)), None) if keys else None
    return chosen or told or parted


def compared(draft: Draft, hint: Hint) -> bool:
    """Whether values of the type have an order."""
    if hint.name in COMPARED:
        return True
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class):
        return False
    ordered = any("order=True" in str(d.value).replace(" ", "") for d in thing.decorators)
    tuples = draft.code.base_names(thing) & {"typing.NamedTuple", "enum.IntEnum", "int", "str"}
    return ordered or bool(tuples) or "__lt__" in thing.members
