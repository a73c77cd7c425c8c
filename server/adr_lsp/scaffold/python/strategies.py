"""Type hints as Hypothesis strategies: every field named, `None` last, boundaries included."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable
from dataclasses import field

import griffe

from adr_lsp.scaffold.python.annotations import NONE, UNKNOWN, Hint, hint_of
from adr_lsp.scaffold.python.callee import Parameter, constructor, fields
from adr_lsp.scaffold.python.code import Code
from adr_lsp.scaffold.python.expression import Call, Either, Expression, Many, Then
from adr_lsp.scaffold.python.names import Names
from adr_lsp.value import dataclass

_DEEPEST = 6
_FINITE = (("allow_nan", "False"), ("allow_infinity", "False"))
_SIMPLE: dict[str, Expression] = {
    "None": "st.none()",
    "bool": "st.booleans()",
    "str": "st.text()",
    "typing.LiteralString": "st.text()",
    "bytes": "st.binary()",
    "bytearray": "st.binary().map(bytearray)",
    "memoryview": "st.binary().map(memoryview)",
    "float": Call("st.floats", (), (("allow_nan", "False"),)),
    "complex": Call("st.complex_numbers", (), (("allow_nan", "False"),)),
    "decimal.Decimal": Call("st.decimals", (), _FINITE),
    "fractions.Fraction": "st.fractions()",
    "datetime.datetime": "st.datetimes()",
    "datetime.date": "st.dates()",
    "datetime.time": "st.times()",
    "datetime.timedelta": "st.timedeltas()",
    "datetime.tzinfo": "st.timezones()",
    "zoneinfo.ZoneInfo": "st.timezones()",
    "uuid.UUID": "st.uuids()",
    "ipaddress.IPv4Address": Call("st.ip_addresses", (), (("v", "4"),)),
    "ipaddress.IPv6Address": Call("st.ip_addresses", (), (("v", "6"),)),
}
_ENUMS = frozenset(f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "ReprEnum"))
_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})
_ABSTRACT = frozenset({"typing.Protocol", "typing_extensions.Protocol", "abc.ABC"})
_ABC = "collections.abc."
_LISTS = {"list", *(_ABC + n for n in ("Sequence", "MutableSequence", "Collection", "Iterable",
          "Reversible", "Container"))}  # fmt: skip
_SETS = {"set", _ABC + "Set", _ABC + "MutableSet"}
_DICTS = {"dict", _ABC + "Mapping", _ABC + "MutableMapping"}
_ITERATORS = {_ABC + "Iterator", _ABC + "Generator"}
_MAPPED = {"collections.OrderedDict": "OrderedDict", "collections.deque": "deque"}


@dataclass(slots=True)
class Strategies:
    """Makes the strategies of one test; `notes` is what its author should know of them.

    `numbers` are boundaries besides -1, 0 and 1. `chosen` holds strategies of single fields, by
    class and name.
    """

    code: Code
    names: Names
    numbers: tuple[int, ...] = ()
    chosen: dict[tuple[str, str], Expression] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def of_parameter(self, parameter: Parameter) -> Expression:
        """The values of a parameter; of its default's type where it has no hint."""
        hint = self.hint(parameter)
        if hint == UNKNOWN:
            said = f"`{parameter.name}` has no type hint that can be read"
            self.note(f"{said}: say which values it takes")
        return self.of(hint)

    def hint(self, parameter: Parameter) -> Hint:
        if parameter.annotation is None and parameter.default is not None:
            return _of_default(parameter.default)
        return hint_of(self.code, parameter.annotation, parameter.scope)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def of(self, hint: Hint, above: tuple[str, ...] = ()) -> Expression:
        """The strategy of a type; `above` are the classes that it stands in."""
        name = _canonical(hint.name)
        if hint == UNKNOWN or name in ("object", "typing.Any"):
            return Either((self.integers(), "st.text()", "st.none()"))
        if name == "int":
            return self.integers()
        if name in _SIMPLE:
            return _SIMPLE[name]
        if name == "|":
            return self._union(hint.arguments, above)
        if name == "typing.Literal":
            values = sorted(hint.literal, key="None".__eq__)
            return Call("st.sampled_from", (Many("[", tuple(("", v) for v in values)),))
        return self._container(name, hint, above) or self._class(hint, above)

    def integers(self) -> Expression:
        chosen = sorted({-1, 0, 1, *(n + d for n in self.numbers[:3] for d in (-1, 0, 1))})
        edges = Many("[", tuple(("", str(number)) for number in chosen))
        return Either(("st.integers()", Call("st.sampled_from", (edges,))))

    def _union(self, hints: Iterable[Hint], above: tuple[str, ...]) -> Expression:
        ordered = sorted(hints, key=lambda hint: hint == NONE)
        branches: list[Expression] = []
        for hint in ordered:
            made = self.of(hint, above)
            branches.extend(made.branches if isinstance(made, Either) else [made])
        distinct = tuple(b for b in dict.fromkeys(branches) if b != "st.nothing()")
        return Either(distinct) if len(distinct) > 1 else (*distinct, "st.nothing()")[0]

    def _container(self, name: str, hint: Hint, above: tuple[str, ...]) -> Expression | None:
        inner = [self.of(argument, above) for argument in hint.arguments if argument.name != "..."]
        first = inner[0] if inner else self.of(UNKNOWN)
        if name in _LISTS:
            return Call("st.lists", (first,))
        if name in _ITERATORS:
            return Then(Call("st.lists", (first,)), ".map(iter)")
        if name == "tuple":
            return self._tuple(hint, inner, first)
        if name in _SETS or name == "frozenset":
            hashable = first if inner else self.integers()
            return Call("st.frozensets" if name == "frozenset" else "st.sets", (hashable,))
        if name in _DICTS or name in ("collections.defaultdict", "collections.OrderedDict"):
            return self._mapped(name, Call("st.dictionaries", self._pair(inner)))
        if name == "collections.Counter":
            key = inner[0] if inner else "st.text()"
            counts = Call("st.dictionaries", (key, Call("st.integers", (), (("min_value", "1"),))))
            return Then(counts, f".map({self.names.use('collections', 'Counter')})")
        if name == "collections.deque":
            return self._mapped(name, Call("st.lists", (first,)))
        if name == "type":
            return self._type(hint)
        return self._callable(hint) if name == _ABC + "Callable" else None

    def _mapped(self, name: str, made: Expression) -> Expression:
        if name not in _MAPPED:
            return made
        return Then(made, f".map({self.names.use('collections', _MAPPED[name])})")

    def _pair(self, inner: list[Expression]) -> tuple[Expression, Expression]:
        return (inner[0], inner[1]) if len(inner) == 2 else ("st.text()", self.of(UNKNOWN))

    def _tuple(self, hint: Hint, inner: list[Expression], first: Expression) -> Expression:
        endless = hint.arguments[1:] == (Hint("..."),) or not hint.arguments
        if endless:
            return Then(Call("st.lists", (first,)), ".map(tuple)")
        return Call("st.tuples", tuple(inner))

    def _type(self, hint: Hint) -> Expression:
        of = hint.arguments[0] if hint.arguments else UNKNOWN
        name = self.name_of(of.name)
        return Call("st.just", (name,)) if name else self._unknown(hint)

    def _callable(self, hint: Hint) -> Expression:
        takes = hint.arguments[0] if hint.arguments else UNKNOWN
        count = len(takes.arguments)
        like = (
            "lambda *_: None"
            if takes.name != "[]"
            else (f"lambda {', '.join(f'a{n}' for n in range(count))}: None".replace(" :", ":"))
        )
        returns = self.of(hint.arguments[1]) if len(hint.arguments) > 1 else "st.none()"
        keywords = (("like", like), ("returns", returns), ("pure", "True"))
        return Call("st.functions", (), keywords)

    def _class(self, hint: Hint, above: tuple[str, ...]) -> Expression:
        thing = self.code.definition(hint.name) if "." in hint.name else None
        if not isinstance(thing, griffe.Class):
            return self._unknown(hint)
        name = self.name_of(thing.path)
        bases = self.code.base_names(thing)
        if name is None or above.count(thing.path) > 1 or len(above) > _DEEPEST:
            self.note(f"`{thing.name}` holds itself: deeper values are left out")
            return "st.nothing()"
        above = (*above, thing.path)
        if bases & _ENUMS:
            return Call("st.sampled_from", (name,))
        if bases & _TYPED_DICTS:
            return self._typed_dict(thing, above)
        if bases & _ABSTRACT and "__init__" not in thing.members:
            self.note(f"`{name}` is abstract: name the classes that stand for it")
            return Call("st.from_type", (name,))
        return self.build(thing, name, above)

    def build(self, cls: griffe.Class, name: str, above: tuple[str, ...] = ()) -> Expression:
        """`st.builds` with a strategy for every field."""
        made = constructor(self.code, cls, name)
        if made.refusals:
            self.note(f"{name} refuses some values ({', '.join(made.refusals)}): narrow its fields")
        keywords = []
        for parameter in made.parameters:
            if self.hint(parameter) == UNKNOWN and parameter.default is not None:
                continue
            value = self.chosen.get((cls.path, parameter.name)) or self._field(parameter, above)
            keywords.append((parameter.name, value))
        return Call("st.builds", (name,), tuple(keywords))

    def _field(self, parameter: Parameter, above: tuple[str, ...]) -> Expression:
        hint = self.hint(parameter)
        return self.of_parameter(parameter) if hint == UNKNOWN else self.of(hint, above)

    def _typed_dict(self, cls: griffe.Class, above: tuple[str, ...]) -> Expression:
        required: list[tuple[str, Expression]] = []
        optional: list[tuple[str, Expression]] = []
        for item in fields(self.code, cls):
            total = "False" not in str(cls.keywords.get("total", ""))
            wrapped = (item.annotation or "").rpartition("[")[0]
            may_miss = "NotRequired" in wrapped or not (total or "Required" in wrapped)
            part = (f'"{item.name}": ', self._field(item, above))
            (optional if may_miss else required).append(part)
        keywords = (("optional", Many("{", tuple(optional))),) if optional else ()
        return Call("st.fixed_dictionaries", (Many("{", tuple(required)),), keywords)

    def name_of(self, full_name: str) -> str | None:
        """A class's name in the test, imported; None if nothing tells where it comes from."""
        thing = self.code.definition(full_name) if "." in full_name else None
        if isinstance(thing, griffe.Class):
            module = thing.module.path
            outer, dot, rest = thing.path.removeprefix(f"{module}.").partition(".")
            return self.names.use(module, outer) + dot + rest
        module, _, name = full_name.rpartition(".")
        if not module:
            return full_name if full_name in _BUILTINS else None
        return self.names.use(module, name)

    def _unknown(self, hint: Hint) -> Expression:
        name = self.name_of(hint.name)
        if name is None:
            self.note(f"the type `{hint.name}` is not known: say which values it has")
            return "st.nothing()"
        return Call("st.from_type", (name,))


_BUILTINS = frozenset(dir(builtins))


def _canonical(name: str) -> str:
    """`typing.List` and `typing.Sequence` by their present names."""
    for module in ("typing.", "typing_extensions."):
        if name.startswith(module):
            short = name.removeprefix(module)
            plain = {"AbstractSet": _ABC + "Set", "Deque": "collections.deque",
                     "DefaultDict": "collections.defaultdict",
                     "OrderedDict": "collections.OrderedDict",
                     "Counter": "collections.Counter"}  # fmt: skip
            if short in plain:
                return plain[short]
            if short in ("List", "Tuple", "Dict", "Set", "FrozenSet", "Type", "Text"):
                return {"Text": "str"}.get(short, short.lower())
            known = (_LISTS, _DICTS, _SETS, _ITERATORS, {_ABC + "Callable"})
            if any(_ABC + short in group for group in known):
                return _ABC + short
            return f"typing.{short}"
    return name


def _of_default(default: str) -> Hint:
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return UNKNOWN
    return UNKNOWN if value is None else Hint(type(value).__name__)
