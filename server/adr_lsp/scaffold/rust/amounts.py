"""What can be read of a value: what adds up in it, and what shows its content."""

from __future__ import annotations

from adr_lsp.scaffold.rust.callee import fields
from adr_lsp.scaffold.rust.draft import Draft
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, Type
from adr_lsp.value import dataclass

NAMES = ("amount", "minor", "cents", "value", "balance", "total", "quantity", "count", "units",
         "sum", "weight", "stock", "volume", "size", "len", "version")  # fmt: skip
LISTS = frozenset({"Vec", "[]", "[;]", "VecDeque", "BTreeSet", "HashSet", "LinkedList",
                   "BinaryHeap"})  # fmt: skip
MAPS = frozenset({"HashMap", "BTreeMap"})
_PARTS = ("part", "item", "piece", "portion")


@dataclass(frozen=True, slots=True)
class Amount:
    """An expression that is an `i128` or a float; `unit` is the type it belongs to."""

    source: str
    unit: str
    kind: str


def seen(type_: Type) -> Type:
    """The type behind references."""
    return seen(type_.first) if type_.name in ("&", "&mut", "Box", "Rc", "Arc", "Cow") else type_


def number(type_: Type, value: str) -> str:
    """A number as one that does not overflow in a sum."""
    if type_.name in FLOATS or type_.name in ("i128", "u128"):
        return value if type_.name != "u128" else f"{value} as i128"
    plain = type_.name in ("usize", "isize")
    return f"{value} as i128" if plain else f"i128::from({value})"


def readable(draft: Draft, type_: Type) -> list[tuple[str, Type]]:
    """`.field` and `.method()` that the test can read, with their types."""
    if type_.item is None:
        return []
    inside = draft.names.inside is not None
    found = []
    if type_.item.kind == "struct":
        found = [(f".{p.name}", p.type) for p, public in fields(draft.code, type_)
                 if public == "pub" or inside]  # fmt: skip
    for method in draft.methods(type_):
        if method.receiver == "&" and not method.parameters and method.returns.name != "()":
            found.append((f".{method.name}()", method.returns))
    return found


def amount(draft: Draft, type_: Type, value: str, depth: int = 0) -> Amount | None:
    """How much there is in `value`; None if its type does not tell."""
    reference = type_.name == "&"
    type_ = seen(type_)
    if depth >= len(_PARTS):
        return None
    if type_.name in INTEGERS or type_.name in FLOATS:
        kind = type_.name if type_.name in FLOATS else "i128"
        return Amount(number(type_, f"*{value}" if reference else value), type_.name, kind)
    if type_.name in LISTS and type_.arguments:
        return _sum(draft, type_.first, f"{value}.iter()", depth)
    if type_.name in MAPS and len(type_.arguments) == 2:
        return _sum(draft, type_.arguments[1], f"{value}.values()", depth)
    if type_.name == "()":
        parts = [amount(draft, part, f"{value}.{n}", depth + 1)
                 for n, part in enumerate(type_.arguments)]  # fmt: skip
        return _together(parts)
    return _of_struct(draft, type_, value, depth)


def _sum(draft: Draft, type_: Type, values: str, depth: int) -> Amount | None:
    part = _PARTS[depth]
    inner = amount(draft, Type("&", (type_,)), part, depth + 1)
    if inner is None:
        return None
    return Amount(f"{values}.map(|{part}| {inner.source}).sum::<{inner.kind}>()", inner.unit,
                  inner.kind)  # fmt: skip


def _together(parts: list[Amount | None]) -> Amount | None:
    """All that are of the first one's unit."""
    known = [part for part in parts if part]
    same = [part for part in known if part.unit == known[0].unit]
    if not same:
        return None
    return Amount(" + ".join(part.source for part in same), same[0].unit, same[0].kind)


def _of_struct(draft: Draft, type_: Type, value: str, depth: int) -> Amount | None:
    if type_.item is None or depth >= len(_PARTS) - 1:
        return None
    members = readable(draft, type_)
    numbers = [(n, seen(t)) for n, t in members if seen(t).name in (*INTEGERS, *FLOATS)]
    fields_ = [pair for pair in numbers if not pair[0].endswith("()")]
    named = [pair for pair in numbers if pair[0].strip(".()") in NAMES][:1]
    chosen = named or fields_
    if chosen:
        kind = chosen[0][1].name if chosen[0][1].name in FLOATS else "i128"
        sources = [number(t, f"{value}{n}") for n, t in chosen]
        return Amount(" + ".join(sources), type_.name, kind)
    inner = [amount(draft, owned(t), f"{value}{n}", depth + 1) for n, t in members]
    known = [found for found in inner if found]
    return known[0] if known and members[0][0].endswith("()") else _together(inner)
