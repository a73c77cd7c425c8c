"""Values that a record writes, as Rust source of a type."""

from __future__ import annotations

import re

from adr_lsp.scaffold.examples import parted
from adr_lsp.scaffold.rust.callee import fields, variants
from adr_lsp.scaffold.rust.draft import Draft
from adr_lsp.scaffold.rust.items import name_of
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, Type
from adr_lsp.scaffold.rust.written import named

_NUMBER = re.compile(r"[-−+]?\d[\d_,']*(?:\.\d+)?")
_NOTHING = re.compile(r"(?:none|null|nil|undefined|nothing|-|—)?\Z", re.IGNORECASE)
_LISTS = {"Vec": "vec![{}]", "[;]": "[{}]"}
_COLLECTED = frozenset({"VecDeque", "BTreeSet", "HashSet", "LinkedList", "BinaryHeap"})


def value(draft: Draft, type_: Type, text: str, *, kept: bool = True) -> str | None:
    """The source of a value; None if the text is none of that type.

    Text is a `String` where it is `kept`, else a `&str`.
    """
    text = text.strip().strip("`").strip()
    name = type_.name
    if name in INTEGERS:
        return _whole(name, text)
    if name in FLOATS:
        plain = _plain(text)
        return (plain if "." in plain else f"{plain}.0") if plain else None
    if name == "bool":
        return {"true": "true", "yes": "true", "false": "false", "no": "false"}.get(text.lower())
    if name in ("String", "str"):
        is_source = draft.case is not None and text.startswith('"')
        source = text if is_source else f'"{_escaped(_unquoted(text))}"'
        return f"{source}.to_owned()" if kept and name == "String" else source
    if name == "char":
        plain = _unquoted(text)
        if draft.case is not None and text.startswith("'"):
            return text
        return (
            "'" + plain.replace("\\", "\\\\").replace("'", "\\'") + "'" if len(plain) == 1 else None
        )
    if name == "Option":
        if _NOTHING.match(text):
            return "None"
        inner = value(draft, type_.first, _inside(text, "Some") or text)
        return f"Some({inner})" if inner else None
    if name in _LISTS or name in _COLLECTED or name == "()":
        return _many(draft, type_, text)
    if name in ("HashMap", "BTreeMap"):
        return _mapped(draft, type_, text)
    return _of_item(draft, type_, text) if type_.item is not None else None


def _whole(name: str, text: str) -> str | None:
    plain = _plain(text)
    if plain is None or "." in plain:
        return None
    bits = int(re.sub(r"\D", "", name) or 64)
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if name[0] == "i" else (0, 2**bits - 1)
    return plain if low <= int(plain) <= high else None


def _plain(text: str) -> str | None:
    """A number without what groups its digits and without a unit."""
    found = _NUMBER.match(text)
    if not found or re.match(r"[\w]", text[found.end() :]):
        return None
    return re.sub(r"[_,'+]", "", found.group()).replace("−", "-")


def _unquoted(text: str) -> str:
    quotes = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quotes else "" if text.lower() == "empty" else text


def _escaped(text: str) -> str:
    text = re.sub(r'\\(["\'])', r"\1", text)
    return "".join(
        f"\\{c}" if c in '\\"' else c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text
    )


def _inside(text: str, name: str) -> str | None:
    found = re.match(rf"(?:\w+(?:::|\.))*{re.escape(name)}\s*\((.*)\)\Z", text, re.DOTALL)
    return found[1] if found else None


def _many(draft: Draft, type_: Type, text: str) -> str | None:
    found = re.match(r"(?:vec!\s*)?[\[({](.*)[\])}]\Z", text, re.DOTALL)
    if not found:
        return None
    listed = parted(found[1])
    if type_.name == "()" and len(listed) != len(type_.arguments):
        return None
    types = type_.arguments if type_.name == "()" else (type_.first,) * len(listed)
    parts = [value(draft, owned(t), part) for t, part in zip(types, listed, strict=True)]
    if not all(parts):
        return None
    inside = ", ".join(part or "" for part in parts)
    if type_.name in _COLLECTED:
        return f"{named(draft.names, type_)}::from([{inside}])"
    if type_.name == "()":
        return f"({inside},)" if len(parts) == 1 else f"({inside})"
    return _LISTS[type_.name].format(inside)


def _mapped(draft: Draft, type_: Type, text: str) -> str | None:
    found = re.match(r"\{(.*)\}\Z", text, re.DOTALL)
    if not found or len(type_.arguments) != 2:
        return None
    pairs = []
    for part in parted(found[1]):
        key, sign, held = part.partition(":")
        one, other = (value(draft, owned(t), s) for t, s in
                      zip(type_.arguments, (key, held), strict=True))  # fmt: skip
        if not sign or one is None or other is None:
            return None
        pairs.append(f"({one}, {other})")
    return f"{named(draft.names, type_)}::from([{', '.join(pairs)}])"


def _of_item(draft: Draft, type_: Type, text: str) -> str | None:
    assert type_.item is not None
    name = named(draft.names, type_)
    if name is None:
        return None
    if type_.item.kind == "enum":
        word = re.split(r"::|\.", _unquoted(text))[-1]
        for node in variants(type_):
            same = re.sub(r"\W|_", "", word).lower() == name_of(node).lower()
            if same and node.child_by_field_name("body") is None:
                return f"{name}::{name_of(node)}"
        return None
    held = fields(draft.code, type_)
    seen = all(public == "pub" or draft.names.inside is not None for _, public in held)
    given = _inside(text, type_.item.name)
    if not seen or not held or held[0][0].name != "0":
        return None
    listed = parted(given) if given is not None else [text]
    if len(listed) != len(held):
        return None
    parts = [value(draft, owned(p.type), part) for (p, _), part in zip(held, listed, strict=True)]
    return f"{name}({', '.join(p or '' for p in parts)})" if all(parts) else None
