"""Types as proptest strategies: every field named, `None` seldom, boundaries included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field

from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.expression import WIDTH, Call, Expression, Then, layout, one_of
from adr_lsp.scaffold.rust.names import Names
from adr_lsp.scaffold.rust.passing import owned
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, STANDARD, Type
from adr_lsp.scaffold.rust.wording import values_of
from adr_lsp.scaffold.rust.written import named, written
from adr_lsp.value import dataclass

FEW = "0..8"
_LISTS = {"Vec": "vec", "VecDeque": "vec_deque", "HashSet": "hash_set", "BTreeSet": "btree_set",
          "BinaryHeap": "binary_heap", "LinkedList": "linked_list"}  # fmt: skip
_MAPS = {"HashMap": "hash_map", "BTreeMap": "btree_map"}
_HOLDERS = frozenset({"Box", "Rc", "Arc", "Cell", "RefCell", "Mutex", "RwLock"})
_SIMPLE = {"bool": "any::<bool>()", "char": "any::<char>()", "()": "Just(())"}
_ARBITRARY = frozenset({"SystemTime", "Ipv4Addr", "Ipv6Addr", "IpAddr", "Wrapping"})
_OTHERS = {
    "uuid::Uuid": "any::<u128>().prop_map({}::from_u128)",
    "rust_decimal::Decimal": "(-1_000_000..=1_000_000i64, 0..=4u32)"
    ".prop_map(|(number, scale)| {}::new(number, scale))",
    "chrono::NaiveDate": "(700_000..800_000)"
    ".prop_map(|day| {}::from_num_days_from_ce_opt(day).unwrap())",
    "chrono::DateTime": "(0..4_000_000_000i64).prop_map(|at| {}::from_timestamp(at, 0).unwrap())",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A function of the test module that gives the strategy of one type."""

    name: str
    returns: str
    value: str
    body: Expression
    lead: tuple[str, ...] = ()


@dataclass(slots=True)
class Strategies:
    """Makes the strategies of one test; `notes` is what its author should know of them.

    `standing` are the strategies that the module has already, by the type that they give.
    `chosen` holds strategies of single fields, by type and name; `around` what stands for a type
    inside its own recursion; `emptied` leaves such types out where something can be empty.
    `targets` are the names of the functions that the test is about; types that are `constructed`
    are made by their functions, though their fields can be seen.
    """

    code: Code
    names: Names
    numbers: tuple[int, ...] = ()
    standing: dict[str, str] = field(default_factory=dict)
    chosen: dict[tuple[str, str], Expression] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    around: dict[str, str] = field(default_factory=dict)
    emptied: bool = False
    targets: frozenset[str] = frozenset()
    constructed: set[str] = field(default_factory=set)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def forget(self, text: str) -> None:
        """The test makes a note needless."""
        self.notes[:] = [note for note in self.notes if text not in note]

    def gives(self, type_: Type) -> bool:
        """Whether a value of the type can be drawn; of a trait, one that has it."""
        if type_.name in ("dyn", "impl"):
            return self._implementor(type_) is not None
        known = type_.name not in ("fn", "?")
        return known and all(self.gives(argument) for argument in type_.arguments)

    def _implementor(self, type_: Type) -> Type | None:
        """The first type of the project that has a trait."""
        if type_.item is None or type_.item.kind != "trait":
            return None
        found = next(self.code.implementors(type_.item), None)
        return Type(found.id, item=found) if found is not None else None

    def of(self, type_: Type) -> Expression:
        """The strategy of a type without references."""
        name = type_.name
        if name in ("dyn", "impl"):
            stands = self._implementor(type_)
            if stands is not None and stands.item is not None:
                trait = type_.item.name if type_.item else type_.text
                self.note(f"`{stands.item.name}` stands for every `{trait}`: say if others differ")
                return self.of(stands)
        if name in INTEGERS:
            return self.integers(type_)
        if name in FLOATS:
            return self._floats(name)
        if name == "String":
            return self._function(type_, "strings", one_of(
                '"[a-c ]{0,4}"', '"[ -~]{0,8}"', '"(?s).{0,16}"'))  # fmt: skip
        if name in _SIMPLE and not type_.arguments:
            return _SIMPLE[name]
        if type_.item is not None:
            return self._of_item(type_)
        return self._container(type_) or self._standard(type_)

    def integers(self, type_: Type) -> Expression:
        name = type_.name
        if name in ("usize", "isize"):
            self.note(f"`{name}` is drawn up to 1,000: as a size, more would cost memory")
            low = "-1_000" if name == "isize" else "0"
            plain: Expression = self._function(type_, f"{name}s", one_of(
                f"0..=10{name}", f"{low}..=1_000{name}"))  # fmt: skip
        else:
            signed = name[0] == "i"
            edges = (f"Just({name}::MIN)", f"Just({name}::MAX)")
            small = f"-10..=10{name}" if signed else f"0..=10{name}"
            plain = self._function(type_, f"{name}s", one_of(
                f"any::<{name}>()", small, *(edges if signed else edges[1:])))  # fmt: skip
        known = sorted({n + d for n in self.numbers[:3] for d in (-1, 0, 1)} - set(range(-10, 11)))
        bits = int(re.sub(r"\D", "", name) or 64)
        low_, high = (-(2 ** (bits - 1)), 2 ** (bits - 1)) if name[0] == "i" else (0, 2**bits)
        fitting = [str(n) for n in known if low_ <= n < high]
        if not fitting:
            return plain
        listed = f"{fitting[0]}{name}, " + ", ".join(fitting[1:])
        return one_of(plain, f"prop::sample::select(vec![{listed.rstrip(', ')}])")

    def _floats(self, name: str) -> Expression:
        self.note("floats are drawn without NaN and infinities: say if those can be")
        kinds = f"prop::num::{name}::NORMAL | prop::num::{name}::ZERO"
        return self._function(Type(name), f"{name}s", one_of(f"-10.0..=10.0{name}", kinds))

    def _function(
        self, type_: Type, wish: str, body: Expression, lead: tuple[str, ...] = ()
    ) -> Expression:
        """A function of the module that gives the strategy, made once."""
        value = written(self.names, type_)
        known = self.standing.get(value)
        if known is None:
            known = self.names.top_level(wish)
            self.standing[value] = known
            self.made.append(Made(known, f"impl Strategy<Value = {value}>", value, body, lead))
        return f"{known}()"

    def _container(self, type_: Type) -> Expression | None:
        name = type_.name
        empty = self._empty(type_)
        if empty is not None:
            return empty
        if name in _HOLDERS and type_.first.name in ("str", "[]"):
            held = written(self.names, type_.first)
            made = f"prop_map({named(self.names, Type(name))}::<{held}>::from)"
            return Then(self.of(owned(type_.first)), made)
        inner = [self.of(argument) for argument in type_.arguments]
        if name in _LISTS and inner:
            return Call(f"prop::collection::{_LISTS[name]}", (inner[0], FEW))
        if name in _MAPS and len(inner) > 1:
            return Call(f"prop::collection::{_MAPS[name]}", (inner[0], inner[1], FEW))
        if name == "Option" and inner:
            return Call("prop::option::weighted", ("0.8", inner[0]))
        if name == "Result" and len(inner) > 1:
            return Call("prop::result::maybe_ok", (inner[0], inner[1]))
        if name == "()":
            return Call("", tuple(inner))
        if name == "[;]":
            return self._array(type_, inner[0])
        if name in _HOLDERS and inner:
            return Then(inner[0], f"prop_map({named(self.names, Type(name))}::new)")
        return None

    def _empty(self, type_: Type) -> Expression | None:
        """What ends a recursion."""
        if not self.emptied or not self._within_itself(type_):
            return None
        if type_.name == "Option":
            return "Just(None)"
        if type_.name in _LISTS or type_.name in _MAPS:
            return f"Just({named(self.names, Type(type_.name))}::new())"
        return None

    def _within_itself(self, type_: Type) -> bool:
        return any(reaches(self.code, type_, id_) for id_ in self.around)

    def _array(self, type_: Type, inner: Expression) -> Expression:
        length = type_.text.replace("_", "")
        if length.isdigit() and 1 <= int(length) <= 32:
            return Call(f"prop::array::uniform{length}", (inner,))
        many = Call("prop::collection::vec", (inner, length))
        if not length.isdigit():
            self.note(f"the length `{length}` is a constant: import it")
        return Then(many, "prop_map(|values| values.try_into().unwrap())")

    def _standard(self, type_: Type) -> Expression:
        name = type_.name
        if name == "Duration":
            name = self.names.use(STANDARD["Duration"])
            return Then("(0..=86_400_000u64)", f"prop_map({name}::from_millis)")
        if name == "PathBuf":
            known = self.names.use(STANDARD["PathBuf"])
            return Then(self.of(Type("String")), f"prop_map({known}::from)")
        if name == "Ordering":
            known = self.names.use(STANDARD["Ordering"])
            listed = ", ".join(f"{known}::{n}" for n in ("Less", "Equal", "Greater"))
            return f"prop::sample::select(vec![{listed}])"
        if name in _ARBITRARY or name.startswith("NonZero"):
            return f"any::<{written(self.names, type_)}>()"
        if name in _OTHERS:
            known = self.names.use(name)
            self.note(f"`{name}` is drawn in a way that its crate has had so far: see if it fits")
            return _OTHERS[name].format(known)
        return self.unknown(type_)

    def unknown(self, type_: Type) -> Expression:
        """A function that its author has to write."""
        shown = type_.text or type_.name
        self.note(f"the type `{shown}` is not known: say which values it has")
        value = written(self.names, type_)
        known = self.standing.get(value) if value != "_" else None
        if known is None:
            value = "()" if value == "_" or "?" in value else value
            word = re.sub(r"\W+", "_", shown.rpartition("::")[2]).strip("_") or "value"
            known = self.names.top_level(values_of(word))
            blank = f'todo!("say which values `{_quoted(shown)}` has")'
            self.made.append(Made(known, f"BoxedStrategy<{value}>", value, blank))
            self.standing[value] = known
        return f"{known}()"

    def _of_item(self, type_: Type) -> Expression:
        item = type_.item
        assert item is not None
        if item.id in self.around:
            return self.around[item.id]
        from adr_lsp.scaffold.rust.building import built

        if self._within_itself(type_):
            return built(self, type_)
        value = written(self.names, type_)
        if value in self.standing:
            return f"{self.standing[value]}()"
        if value == "_":
            self.note(f"the test cannot see `{item.name}`: make it public, or say how to make one")
            return self.unknown(Type(item.name, (), item.name))
        if "Debug" not in self.code.traits(item):
            self.note(f"`{item.name}` needs `#[derive(Debug)]`: proptest shows what failed by it")
        wish = values_of(item.name)
        if reaches(self.code, type_, item.id, inner=True):
            return self._recursive(type_, wish)
        return self._function(type_, wish, built(self, type_))

    def _recursive(self, type_: Type, wish: str) -> Expression:
        """A leaf, and what is made of smaller values of the type."""
        from adr_lsp.scaffold.rust.building import built, leaf

        assert type_.item is not None
        with self.within(type_.item.id, "inner.clone()", emptied=True):
            smallest = leaf(self, type_)
        if smallest is None:
            self.note(f"`{type_.item.name}` has no smallest value: say which values it has")
            return self.unknown(type_)
        with self.within(type_.item.id, "inner.clone()", emptied=False):
            larger = built(self, type_, recursive_only=True)
        inside = layout(larger, 4)
        grown = Then("leaf", f"prop_recursive(4, 24, 4, |inner| {{\n    {inside}\n}})")
        lead = f"let leaf ={_bound(smallest)};"
        return self._function(type_, wish, grown, (lead,))

    @contextmanager
    def within(self, id_: str, stands: str, *, emptied: bool) -> Iterator[None]:
        before = self.emptied
        self.around[id_], self.emptied = stands, emptied
        try:
            yield
        finally:
            del self.around[id_]
            self.emptied = before


def _bound(expression: Expression) -> str:
    """What a `let` binds, on a line of its own where the start of a closure would not fit."""
    text = layout(expression, 4, 11, 1)
    first = text.partition("\n")[0]
    return f" {text}" if len(first) + 15 < WIDTH else f"\n        {layout(expression, 8, 0, 1)}"


def _quoted(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in '"\\{}')


def reaches(code: Code, type_: Type, id_: str, inner: bool = False, depth: int = 0) -> bool:
    """Whether a value of the type can hold one of the type with that id."""
    from adr_lsp.scaffold.rust.callee import fields, variants

    if depth > 6:
        return False
    if type_.item is not None:
        if type_.item.id == id_ and not inner:
            return True
        nodes = variants(type_) if type_.item.kind == "enum" else [type_.item.node]
        held = [owned(p.type) for node in nodes for p, _ in fields(code, type_, node)]
        if any(reaches(code, part, id_, False, depth + 1) for part in held):
            return True
    return any(reaches(code, part, id_, False, depth + 1) for part in type_.arguments)
