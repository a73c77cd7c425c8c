"""A test in the making: what it draws, calls and imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.rust.callee import Callee, Parameter, fields, methods, result_of
from adr_lsp.scaffold.rust.code import Code
from adr_lsp.scaffold.rust.expression import Expression
from adr_lsp.scaffold.rust.items import Item
from adr_lsp.scaffold.rust.names import Names
from adr_lsp.scaffold.rust.passing import copies, owned, passed
from adr_lsp.scaffold.rust.strategies import Strategies
from adr_lsp.scaffold.rust.target import Found
from adr_lsp.scaffold.rust.types import FLOATS, INTEGERS, PRIMITIVES, UNKNOWN, Type
from adr_lsp.scaffold.rust.wording import snake
from adr_lsp.scaffold.rust.written import named, written
from adr_lsp.value import dataclass

_EQUAL = frozenset({"String", "Vec", "Box", "Option", "Duration", "PathBuf", "Ordering", "Rc"})

BLANK = """\
/// Stands for what is still to be written.
fn unknown<T>(what: &str) -> T {
    panic!("not implemented: {what}")
}
"""


@dataclass(frozen=True, slots=True)
class Argument:
    """A value that the test draws; `pattern` is what binds it."""

    name: str
    strategy: Expression
    type: Type
    pattern: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A template with what it reads besides the draft."""

    template: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Draft:
    """What a shape works on. `helpers` are functions that its template needs beside the test; it
    `draws` what it gives, unless the record says it."""

    code: Code
    names: Names
    strategies: Strategies
    statement: str
    targets: tuple[Found, ...]
    arguments: list[Argument] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    draws: bool = True
    case: Example | None = None

    def note(self, text: str) -> None:
        self.strategies.note(text)

    def helper(self, name: str, text: str) -> None:
        """A function that the test calls, written unless the module has it."""
        if not self.names.owns(name):
            self.names.top_level(name)
            self.helpers.append(text)

    def blank(self, what: str, type_: Type | None = None) -> str:
        """The source of a value that its author has to write."""
        self.helper("unknown", BLANK)
        turbofish = f"::<{written(self.names, type_)}>" if type_ is not None else ""
        plain = "".join(c for c in what if c.isprintable() and c not in '"\\{}')
        return f'unknown{turbofish}("{plain}")'

    def callees(self) -> Iterator[Callee]:
        """The functions among the targets that a test can call and go on from."""
        for found in self.targets:
            if found.callee is None:
                continue
            why = self._unfit(found.callee)
            if why is None:
                yield found.callee
            else:
                self.note(f"`{found.name}` {why}")

    def _unfit(self, callee: Callee) -> str | None:
        """Why a test cannot call it with what is drawn."""
        if callee.is_async:
            return "is async: call it by the runtime of the project"
        if "unsafe" in callee.modifiers:
            return "is unsafe: call it where its conditions are met"
        for parameter in callee.parameters:
            if not self.strategies.gives(owned(parameter.type)):
                shown = parameter.type.text or parameter.type.first.text or parameter.name
                return f"takes `{parameter.name}`, of which no value can be drawn: {shown}"
        return None

    def owner(self) -> Type | None:
        """The type that a target is, or that it belongs to."""
        found = (f.type or (f.callee.owner if f.callee else None) for f in self.targets)
        return next((owner for owner in found if owner is not None), None)

    def methods(self, owner: Type) -> list[Callee]:
        """What can be done to an object and is no part of a trait of the language."""
        able = methods(self.code, owner)
        inside = self.names.inside is not None
        return [m for m in able if m.is_method and (inside or m.visibility == "pub")
                and not m.trait and not m.is_async]  # fmt: skip

    def expression(self, callee: Callee) -> str:
        """A function's name in the test."""
        for name, chosen in callee.picked:
            if chosen.name not in ("impl", "fn"):
                shown = written(self.names, chosen) if chosen.name != "?" else chosen.text
                self.note(f"`{name}` is `{shown}` here: name another type if that says more")
        if callee.owner is not None:
            self._import_trait(callee)
            return f"{named(self.names, callee.owner)}::{callee.name}"
        item = callee.module.items.get(callee.name)
        known = self.names.of_item(item) if item else None
        if known is None:
            self.note(f"the test cannot see `{callee.name}`: make it public")
        return known or callee.name

    def _import_trait(self, callee: Callee) -> None:
        if not callee.trait:
            return
        meant = self.code.meaning(callee.module, (callee.trait,))
        if isinstance(meant, Item):
            self.names.of_item(meant)
        elif isinstance(meant, str):
            self.names.use(meant)
        elif callee.trait == "FromStr":
            self.names.use("std::str::FromStr")

    def draw(self, parameter: Parameter, name: str = "") -> str:
        """Draw a value for a parameter; its name in the test."""
        type_ = owned(parameter.type)
        chosen = self.strategies.chosen.get(("", parameter.name))
        strategy = chosen or self.strategies.of(type_)
        return self.add(name or parameter.name, strategy, type_, parameter.type.name == "&mut")

    def draw_object(self, owner: Type, name: str = "", changed: bool = False) -> str:
        """Draw an object of a type."""
        short = owner.item.name if owner.item else owner.name
        return self.add(name or snake(short), self.strategies.of(owner), owner, changed)

    def draw_made(self, owner: Type) -> str:
        """Draw an object of a type of which every one keeps the invariant."""
        self.strategies.constructed.add(owner.item.id if owner.item else "")
        return self.draw_object(owner)

    def add(self, name: str, strategy: Expression, type_: Type, changed: bool = False) -> str:
        local = self.names.local(name)
        pattern = f"mut {local}" if changed else local
        self.arguments.append(Argument(local, strategy, type_, pattern))
        return local

    def change(self, name: str) -> None:
        """The test changes what it has drawn."""
        self.arguments = [
            replace(a, pattern=f"mut {a.name}") if a.name == name and a.pattern == a.name else a
            for a in self.arguments
        ]

    def draw_all(self, parameters: Iterable[Parameter]) -> dict[str, str]:
        """Draw what a call takes: the sources of its arguments by name."""
        return {p.name: self.given(p, self.draw(p)) for p in parameters}

    def given(self, parameter: Parameter, value: str) -> str:
        return passed(self.code, parameter.type, value)

    def receiver(self, callee: Callee, name: str = "") -> str:
        """The object that a method is called on."""
        if not callee.is_method or callee.owner is None:
            return ""
        return self.draw_object(callee.owner, name, callee.receiver == "&mut")

    def call(self, callee: Callee, given: Mapping[str, str], receiver: str = "") -> str:
        """A call with the sources of its arguments, in the order that it takes them."""
        listed = ", ".join(given[p.name] for p in callee.parameters)
        self._warn(callee)
        if not callee.is_method:
            return f"{self.expression(callee)}({listed})"
        self.expression(callee) if callee.trait or callee.picked else None
        copy = callee.owner is not None and copies(self.code, callee.owner)
        plain = callee.receiver != "self" or copy or not receiver.isidentifier()
        return f"{receiver}{'' if plain else '.clone()'}.{callee.name}({listed})"

    def _warn(self, callee: Callee) -> None:
        sums = callee.adds_up
        if self.draws and any(
            self._overflows(owned(p.type), callee, sums) for p in callee.parameters
        ):
            self.note(f"arithmetic of `{callee.name}` that overflows panics, which fails the test: "
                      "narrow the numbers if such can never be")  # fmt: skip

    def _overflows(self, type_: Type, callee: Callee, sums: bool, depth: int = 0) -> bool:
        """Whether numbers of the type meet arithmetic."""
        if type_.name in INTEGERS:
            return callee.calculates
        if depth > 3:
            return False
        inner = [owned(argument) for argument in type_.arguments if sums or type_.name == "()"]
        if type_.item is not None and type_.item.kind == "struct":
            inner += [owned(p.type) for p, _ in fields(self.code, type_)]
        return any(self._overflows(part, callee, sums, depth + 1) for part in inner)

    def accepted(self, callee: Callee, call: str) -> tuple[str, Type]:
        """A call whose refusals are no cases, and the type of what it gives."""
        kind, inner = result_of(callee.returns)
        if kind == "Result":
            self.note(f"`{callee.name}` refuses some values: draw what it takes")
            return f'{call}.map_err(|_| TestCaseError::reject("refused"))?', inner
        if kind == "Option":
            return f'{call}.ok_or(TestCaseError::reject("nothing"))?', inner
        return call, inner

    def plain(self, callee: Callee, call: str) -> tuple[str, Type]:
        """A call whose errors need not be compared: `Some` of what it gives, or `None`."""
        kind, inner = result_of(callee.returns)
        if kind == "Result":
            self.doubt_equality(inner)
            return f"{call}.ok()", Type("Option", (inner,))
        self.doubt_equality(callee.returns)
        return call, callee.returns

    def traits(self, type_: Type) -> set[str]:
        if type_.item is not None:
            return self.code.traits(type_.item)
        if type_.name in PRIMITIVES or type_.name in _EQUAL:
            float_ = type_.name in FLOATS
            return {"PartialEq", "Debug", "Clone"} | (set() if float_ else {"Eq", "Ord", "Hash"})
        return {"PartialEq", "Debug", "Clone", "Eq", "Ord"}

    def doubt_equality(self, type_: Type) -> None:
        """Note what a comparison of two values needs."""
        for part in (owned(type_), *(owned(a) for a in type_.arguments)):
            if part.item is not None:
                missing = sorted({"PartialEq", "Debug"} - self.traits(part))
                if missing:
                    listed = ", ".join(missing)
                    self.note(f"`{part.item.name}` needs `#[derive({listed})]` to be compared")
            elif part.name in FLOATS:
                self.note("floats that are calculated in two ways round differently: compare "
                          "them with a tolerance")  # fmt: skip

    def clone(self, name: str, type_: Type) -> str:
        """A copy of a drawn value."""
        if type_.item is not None and "Clone" not in self.traits(type_):
            self.note(f"`{type_.item.name}` needs `#[derive(Clone)]`: the test keeps a copy")
        return name if copies(self.code, type_) else f"{name}.clone()"

    def type_of(self, name: str) -> Type:
        return next((a.type for a in self.arguments if a.name == name), UNKNOWN)


def moved(line: str, names: Iterable[str], whole: str) -> str:
    """A value that is used once is given away, not copied."""
    if "|" in line or line.lstrip().startswith(("for ", "while ")):
        return line
    for name in names:
        if len(re.findall(rf"\b{re.escape(name)}\b", whole)) == 1:
            line = line.replace(f"{name}.clone()", name)
    return line
