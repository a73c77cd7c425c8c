"""Values as `{:?}` shows them, as Rust source of their type, from where a test stands."""

from __future__ import annotations

from adr_lsp.scaffold.rust.callee import fields, variants
from adr_lsp.scaffold.rust.debugged import Value
from adr_lsp.scaffold.rust.items import Item, name_of
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, STANDARD, UNKNOWN, Scope, Type
from adr_lsp.value import dataclass

_BOXES = frozenset({"Box", "Rc", "Arc"})
_COLLECTED = frozenset({"VecDeque", "BTreeSet", "HashSet", "LinkedList", "BinaryHeap"})
_KNOWN = {"Some": "Option", "None": "Option", "Ok": "Result", "Err": "Result"}
_NOT_FINITE = {"inf": "INFINITY", "-inf": "NEG_INFINITY", "NaN": "NAN"}


class Unwritable(Exception):
    """A value that no source text makes from here."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Writes values for the module of `scope`."""

    scope: Scope

    def source(self, value: Value, type_: Type) -> str:
        if type_.name in _BOXES:
            return f"{self._standard(type_.name)}::new({self.source(value, type_.first)})"
        if type_.name == "&" and value.kind != "text":
            return f"&{self.source(value, type_.first)}"
        if value.kind in ("number", "char", "text"):
            return _simple(value, type_)
        if value.kind in ("list", "set", "map"):
            return self._many(value, type_)
        if value.kind == "tuple":
            return self._tuple(value, type_)
        return self._named(value, type_)

    def _many(self, value: Value, type_: Type) -> str:
        if value.kind == "map" or type_.name in ("HashMap", "BTreeMap"):
            return self._map(value, type_)
        inside = ", ".join(self.source(part, type_.first) for part in value.parts)
        if value.kind == "list" and type_.name in ("Vec", "[;]"):
            return f"vec![{inside}]" if type_.name == "Vec" else f"[{inside}]"
        if type_.name in _COLLECTED:
            return f"{self._standard(type_.name)}::from([{inside}])"
        raise Unwritable

    def _map(self, value: Value, type_: Type) -> str:
        if type_.name not in ("HashMap", "BTreeMap") or len(type_.arguments) != 2:
            raise Unwritable
        keys, held = value.parts[::2], value.parts[1::2]
        one, other = type_.arguments
        pairs = (f"({self.source(k, one)}, {self.source(v, other)})"
                 for k, v in zip(keys, held, strict=True))  # fmt: skip
        return f"{self._standard(type_.name)}::from([{', '.join(pairs)}])"

    def _tuple(self, value: Value, type_: Type) -> str:
        types = type_.arguments if type_.name == "()" else ()
        types = types or (UNKNOWN,) * len(value.parts)
        if len(types) != len(value.parts):
            raise Unwritable
        inside = [self.source(part, t) for part, t in zip(value.parts, types, strict=True)]
        return f"({inside[0]},)" if len(inside) == 1 else f"({', '.join(inside)})"

    def _named(self, value: Value, type_: Type) -> str:
        if value.kind == "name" and value.said in ("true", "false"):
            return value.said
        if value.said in _KNOWN and type_.name in ("?", _KNOWN[value.said]):
            place = 1 if value.said == "Err" else 0
            inner = type_.arguments[place] if len(type_.arguments) > place else UNKNOWN
            inside = ", ".join(self.source(part, inner) for part in value.parts)
            return f"{value.said}({inside})" if value.parts else value.said
        known = type_ if type_.item is not None else self._type_named(value.said)
        if known.item is None or "Debug" not in known.item.traits:
            raise Unwritable
        return self._of_item(value, known, known.item)

    def _type_named(self, name: str) -> Type:
        meant = self.scope.code.meaning(self.scope.module, (name,))
        return Type(meant.id, (), item=meant) if isinstance(meant, Item) else UNKNOWN

    def _of_item(self, value: Value, type_: Type, item: Item) -> str:
        path = self.path(item)
        if item.kind == "struct":
            if item.name != value.said or not self._seen(type_, item):
                raise Unwritable
            return self._held(value, path, dict(_fields(self.scope, type_)))
        for node in variants(type_) if item.kind == "enum" else ():
            if name_of(node) == value.said:
                held = {p.name: p.type for p, _ in fields(self.scope.code, type_, node)}
                return self._held(value, f"{path}::{value.said}", held)
        raise Unwritable

    def _seen(self, type_: Type, item: Item) -> bool:
        """Whether every field can be written from here."""
        here = self.scope.module
        same = here.crate is item.module.crate
        inside = same and here.path[: len(item.module.path)] == item.module.path
        levels = {"pub": True, "crate": same, "private": inside}
        return all(levels[public] for _, public in fields(self.scope.code, type_))

    def _held(self, value: Value, path: str, held: dict[str, Type]) -> str:
        names = value.fields or tuple(str(n) for n in range(len(value.parts)))
        if set(names) != set(held):
            raise Unwritable
        inside = [self.source(part, held[name]) for name, part in
                  zip(names, value.parts, strict=True)]  # fmt: skip
        if value.kind == "struct":
            pairs = (f"{name}: {text}" for name, text in zip(names, inside, strict=True))
            return f"{path} {{ {', '.join(pairs)} }}"
        return f"{path}({', '.join(inside)})" if inside else path

    def path(self, item: Item) -> str:
        """What the item is called here."""
        code, here = self.scope.code, self.scope.module
        meant = code.meaning(here, (item.name,))
        if isinstance(meant, Item) and meant.id == item.id:
            return item.name
        if here.crate is item.module.crate:
            return "::".join(("crate", *item.module.path, item.name))
        public = code.public_path(item)
        if public is None:
            raise Unwritable
        return "::".join(public)

    def _standard(self, name: str) -> str:
        meant = self.scope.code.meaning(self.scope.module, (name,))
        return name if meant == STANDARD[name] or name == "Box" else STANDARD[name]


def _fields(scope: Scope, type_: Type) -> list[tuple[str, Type]]:
    return [(parameter.name, parameter.type) for parameter, _ in fields(scope.code, type_)]


def _simple(value: Value, type_: Type) -> str:
    if value.kind == "text":
        if type_.name == "String":
            return f"String::from({value.said})"
        if type_.name == "&" and type_.first.name == "str":
            return value.said
        raise Unwritable
    if value.kind == "number" and value.said in _NOT_FINITE:
        return f"{type_.name if type_.name in FLOATS else 'f64'}::{_NOT_FINITE[value.said]}"
    fits = ("?", "char") if value.kind == "char" else ("?", *INTEGERS, *FLOATS)
    if type_.name not in fits:
        raise Unwritable
    return value.said
