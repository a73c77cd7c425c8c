"""What is drawn for a type, and how a drawn value is handed to a parameter."""

from __future__ import annotations

from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.types import PRIMITIVES, Type

_OWNED = {"str": "String", "Path": "PathBuf"}
_SEQUENCES = frozenset({"Vec", "[]", "VecDeque"})


def owned(type_: Type) -> Type:
    """The type without references: a value of it can be drawn and kept."""
    name = type_.name
    if name in ("&", "&mut", "Cow"):
        return owned(type_.first)
    if name in _OWNED:
        return Type(_OWNED[name])
    if name in ("Box", "Rc", "Arc") and type_.first.name in ("str", "[]"):
        return type_
    if name == "[]":
        return Type("Vec", (owned(type_.first),))
    if name == "impl":
        return _for_bound(type_)
    inner = tuple(owned(argument) for argument in type_.arguments)
    return Type(name, inner, type_.text, type_.item)


def _for_bound(type_: Type) -> Type:
    if type_.item is not None:
        return type_
    if type_.text in ("Iterator", "IntoIterator", "ExactSizeIterator", "DoubleEndedIterator"):
        return Type("Vec", (owned(type_.first),))
    if type_.text in ("Into", "AsRef", "Borrow") and type_.arguments:
        return owned(type_.first)
    return Type("String") if type_.text in ("Display", "ToString") else type_


def copies(code: Code, type_: Type) -> bool:
    """Whether a value can be used twice as it is."""
    if type_.name in PRIMITIVES or type_.name in ("&", "Duration", "Ordering"):
        return True
    if type_.name.startswith("NonZero"):
        return True
    if type_.name in ("()", "Option", "[;]"):
        return all(copies(code, argument) for argument in type_.arguments)
    return type_.item is not None and "Copy" in code.traits(type_.item)


def passed(code: Code, type_: Type, value: str) -> str:
    """A drawn value, that of `owned(type_)`, as an argument."""
    name = type_.name
    if name == "&mut":
        return f"&mut {value}"
    if name == "&":
        views = type_.first.name in _SEQUENCES and _viewing(type_.first.first)
        return f"&{_collected(value, type_.first.first)}" if views else f"&{value}"
    if name == "Option" and type_.first.name == "&":
        return f"{value}.{'as_deref' if type_.first.first.name in ('str', '[]') else 'as_ref'}()"
    if name in _SEQUENCES and _viewing(type_.first):
        return _collected(value, type_.first)
    if name == "Cow":
        return f"{value}.clone().into()"
    if name == "impl" and type_.text == "AsRef":
        return f"&{value}"
    if name == "impl" and type_.text.endswith("Iterator") and type_.text != "IntoIterator":
        return f"{value}.clone().into_iter()"
    return value if copies(code, type_) else f"{value}.clone()"


def _viewing(element: Type) -> bool:
    return element.name == "&"


def _collected(value: str, element: Type) -> str:
    """A list of references into a list of values."""
    view = {"str": ".map(String::as_str)", "[]": ".map(Vec::as_slice)"}.get(element.first.name, "")
    return f"{value}.iter(){view}.collect::<Vec<_>>()"


def fitted(type_: Type, given: Type, expression: str) -> str:
    """What a call gave back as an argument of another."""
    if type_.name in ("&", "&mut"):
        lead = "&mut " if type_.name == "&mut" else "&"
        return expression if given.name == "&" else f"{lead}{expression}"
    if type_.name == "impl" and type_.text == "AsRef":
        return f"&{expression}"
    if given.name == "&" and type_.name not in ("&", "Cow", "impl"):
        return f"{expression}.to_owned()"
    return expression
