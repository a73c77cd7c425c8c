"""A type as it is written in the test."""

from __future__ import annotations

from adr_lsp.scaffold.rust.names import Names
from adr_lsp.scaffold.rust.types import INTEGERS, PRELUDE, PRIMITIVES, STANDARD, Type


def written(names: Names, type_: Type) -> str:
    """The type's source; `_` where the test cannot name it."""
    name = type_.name
    inner = [written(names, argument) for argument in type_.arguments]
    if name in PRIMITIVES or name == "str":
        return name
    if name in ("&", "&mut"):
        return f"{name.removesuffix('mut')}{'mut ' if name == '&mut' else ''}{inner[0]}"
    if name == "()":
        return f"({inner[0]},)" if len(inner) == 1 else f"({', '.join(inner)})"
    if name == "[]":
        return f"[{inner[0]}]"
    if name == "[;]":
        return f"[{inner[0]}; {type_.text}]"
    base = named(names, type_)
    if base is None:
        return "_"
    return f"{base}<{', '.join(inner)}>" if inner else base


def named(names: Names, type_: Type) -> str | None:
    """The type's name without its arguments."""
    if type_.item is not None:
        return names.of_item(type_.item)
    if type_.name in PRELUDE:
        return type_.name
    if type_.name in STANDARD:
        return names.use(STANDARD[type_.name])
    return names.use(type_.name) if "::" in type_.name else None


def suffixed(type_: Type, number: int) -> str:
    """A whole number as a literal of a type."""
    return f"{number}{type_.name if type_.name in INTEGERS else ''}"
