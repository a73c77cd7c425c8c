"""Rust types as values: names resolved, aliases followed, parameters of types filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.items import Item, Module, parts
from adr_lsp.sources.code import text_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

INTEGERS = ("i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize")
FLOATS = ("f32", "f64")
PRIMITIVES = frozenset({*INTEGERS, *FLOATS, "bool", "char"})
STANDARD = {
    "Vec": "std::vec::Vec", "String": "std::string::String", "Box": "std::boxed::Box",
    "Option": "std::option::Option", "Result": "std::result::Result",
    "HashMap": "std::collections::HashMap", "BTreeMap": "std::collections::BTreeMap",
    "HashSet": "std::collections::HashSet", "BTreeSet": "std::collections::BTreeSet",
    "VecDeque": "std::collections::VecDeque", "BinaryHeap": "std::collections::BinaryHeap",
    "LinkedList": "std::collections::LinkedList", "Rc": "std::rc::Rc", "Arc": "std::sync::Arc",
    "Cow": "std::borrow::Cow", "Cell": "std::cell::Cell", "RefCell": "std::cell::RefCell",
    "Mutex": "std::sync::Mutex", "RwLock": "std::sync::RwLock",
    "Duration": "std::time::Duration", "SystemTime": "std::time::SystemTime",
    "PathBuf": "std::path::PathBuf", "Path": "std::path::Path",
    "Ipv4Addr": "std::net::Ipv4Addr", "Ipv6Addr": "std::net::Ipv6Addr",
    "IpAddr": "std::net::IpAddr", "Ordering": "std::cmp::Ordering",
    "Wrapping": "std::num::Wrapping", "PhantomData": "std::marker::PhantomData",
    "RangeInclusive": "std::ops::RangeInclusive", "Range": "std::ops::Range",
    **{f"NonZero{n.upper()}": f"std::num::NonZero{n.upper()}" for n in INTEGERS if "size" not in n},
    "NonZeroUsize": "std::num::NonZeroUsize", "NonZeroIsize": "std::num::NonZeroIsize",
    "NonZero": "std::num::NonZero",
}  # fmt: skip
"""Types of the standard library by their last names, and where they are imported from."""
PRELUDE = frozenset({"Vec", "String", "Box", "Option", "Result"})


@dataclass(frozen=True, slots=True)
class Type:
    """`name` is that of a primitive, of a standard type, the full path of another, or `&`,
    `&mut`, `[]` (slice), `[;]` (array), `()` (tuple), `dyn`, `impl`, `fn`, `?` (unknown).

    `item` is the definition of a type of the project. `text` is an array's length, the bounds of
    `impl` and `dyn`, and what is written where nothing is known.
    """

    name: str
    arguments: tuple[Type, ...] = ()
    text: str = ""
    item: Item | None = field(default=None, compare=False, repr=False)

    @property
    def first(self) -> Type:
        return self.arguments[0] if self.arguments else UNKNOWN


UNKNOWN = Type("?")
UNIT = Type("()")
Bound = Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a type is written: its module, what its parameters stand for, and `Self`."""

    code: Code
    module: Module
    bound: Mapping[str, Type]
    own: Type | None = None

    def type_of(self, node: Node | None, depth: int = 0) -> Type:
        if node is None or depth > 12:
            return UNKNOWN
        kind = node.type
        if kind == "unit_type":
            return UNIT
        if kind == "tuple_type":
            return Type("()", tuple(self.type_of(c, depth + 1) for c in _types(node)))
        if kind == "reference_type":
            changes = any(c.type == "mutable_specifier" for c in node.children)
            inner = self.type_of(node.child_by_field_name("type"), depth + 1)
            return Type("&mut" if changes else "&", (inner,))
        if kind == "array_type":
            inner = self.type_of(node.child_by_field_name("element"), depth + 1)
            length = node.child_by_field_name("length")
            if length is None:
                return Type("[]", (inner,))
            text = text_of(length)
            known = self.bound.get(text)
            return Type("[;]", (inner,), known.text if known else text)
        if kind in ("abstract_type", "dynamic_type"):
            trait = node.child_by_field_name("trait")
            return self.of_bounds("impl" if kind == "abstract_type" else "dyn", trait, depth)
        if kind in ("function_type", "pointer_type", "never_type"):
            return Type("fn", (), text_of(node))
        if kind == "bracketed_type":
            return UNKNOWN
        return self._named(node, depth)

    def of_bounds(self, name: str, trait: Node | None, depth: int = 0) -> Type:
        """`impl Trait<T>`: the trait's name, with its item and arguments."""
        while trait is not None and trait.type in ("bounded_type", "higher_ranked_trait_bound"):
            inner = trait.named_children
            trait = inner[0] if trait.type == "bounded_type" else inner[-1]
        if trait is None:
            return UNKNOWN
        if trait.type == "function_type":
            return Type("fn", (), text_of(trait))
        path = parts(text_of(trait))
        meant = self.code.meaning(self.module, path)
        arguments = self._arguments(trait, depth) + self._items(trait, depth)
        return Type(name, arguments, path[-1], meant if isinstance(meant, Item) else None)

    def _named(self, node: Node, depth: int) -> Type:
        text = text_of(node)
        path = parts(text)
        if not path:
            return UNKNOWN
        if text == "Self" and self.own is not None:
            return self.own
        if len(path) == 1 and path[0] in self.bound:
            return self.bound[path[0]]
        arguments = self._arguments(node, depth)
        if path[0] == "Self" and len(path) == 2 and "Self::" + path[1] in self.bound:
            return self.bound["Self::" + path[1]]
        if len(path) == 1 and (path[0] in PRIMITIVES or path[0] == "str"):
            return Type(path[0])
        meant = self.code.meaning(self.module, path)
        if isinstance(meant, Item):
            return self._of_item(meant, arguments, depth)
        full = meant if isinstance(meant, str) else "::".join(path)
        last = full.rpartition("::")[2]
        standard = full.split("::")[0] in ("std", "core", "alloc") or (
            meant is None and len(path) == 1 and last in PRELUDE
        )
        if last in STANDARD and standard:
            return Type(last, arguments)
        return Type(full, arguments) if meant is not None else Type("?", (), text)

    def _of_item(self, item: Item, arguments: tuple[Type, ...], depth: int) -> Type:
        if item.kind == "alias":
            names = parameters_of(item.node)
            bound = dict(zip(names, arguments, strict=False))
            inside = Scope(self.code, item.module, bound, self.own)
            return inside.type_of(item.node.child_by_field_name("type"), depth + 1)
        if item.kind not in ("struct", "enum", "union"):
            return Type("?", (), item.name)
        return Type(item.id, arguments, item=item)

    def _arguments(self, node: Node, depth: int) -> tuple[Type, ...]:
        given = node.child_by_field_name("type_arguments")
        return tuple(self.type_of(c, depth + 1) for c in _types(given)) if given else ()

    def _items(self, trait: Node, depth: int) -> tuple[Type, ...]:
        """The type in `Iterator<Item = T>`."""
        given = trait.child_by_field_name("type_arguments")
        bindings = [c for c in given.named_children if c.type == "type_binding"] if given else []
        types = (binding.child_by_field_name("type") for binding in bindings)
        return tuple(self.type_of(node, depth + 1) for node in types)


def _types(node: Node) -> list[Node]:
    skipped = ("lifetime", "line_comment", "block_comment", "type_binding", "mutable_specifier")
    return [child for child in node.named_children if child.type not in skipped]


def parameters_of(node: Node) -> list[str]:
    """The names of a definition's type parameters, lifetimes aside."""
    listed = node.child_by_field_name("type_parameters")
    found = []
    for child in listed.named_children if listed else ():
        name = child.child_by_field_name("name") or child
        if child.type not in ("lifetime", "lifetime_parameter"):
            found.append(text_of(name))
    return found


def inside(code: Code, type_: Type) -> Scope:
    """The scope in which the parts of a type of the project are written."""
    assert type_.item is not None
    names = parameters_of(type_.item.node)
    filled = dict(zip(names, type_.arguments, strict=False))
    return Scope(code, type_.item.module, filled, type_)
