"""Dataclasses that cost a third to define and half to make.

Every start defines dozens of them, and every record is made of hundreds. To the type checker they
are those of the standard library: it alone holds `frozen=True`. While the program runs, nothing
guards them, and what compares, hashes and shows them is not compiled for each anew.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen=False, slots=False, eq=True, order=False):
        """As `dataclasses.dataclass`, for the arguments that are used here."""

        def made(cls):
            cls.__doc__ = cls.__doc__ or cls.__name__  # else it is made of the signature
            made = dataclasses.dataclass(slots=slots, repr=False, eq=False)(cls)
            made.__repr__ = _shown
            if eq:
                _compare(made, hashed=frozen, order=order)
            return made

        return made


def _compare(cls: Any, *, hashed: bool, order: bool) -> None:
    """By the values of its fields, as one tuple."""
    values = attrgetter(*(each.name for each in dataclasses.fields(cls) if each.compare))

    def equal(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is cls else NotImplemented

    def hash_of(self: Any) -> int:
        return hash(values(self))

    def before(self: Any, other: object) -> Any:
        return values(self) < values(other) if other.__class__ is cls else NotImplemented

    def not_after(self: Any, other: object) -> Any:
        return values(self) <= values(other) if other.__class__ is cls else NotImplemented

    cls.__eq__, cls.__hash__ = equal, hash_of if hashed else None
    if order:  # the others are the same from the other side
        cls.__lt__, cls.__le__ = before, not_after


def _shown(self: Any) -> str:
    fields = (each.name for each in dataclasses.fields(self) if each.repr)
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields)
    return f"{type(self).__qualname__}({said})"
