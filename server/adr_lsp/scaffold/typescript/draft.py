"""A test in the making: what it draws, makes, calls and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field as with_default
from textwrap import wrap

from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.typescript.amounts import readable
from adr_lsp.scaffold.typescript.arbitraries import Arbitraries
from adr_lsp.scaffold.typescript.asserting import Asserting
from adr_lsp.scaffold.typescript.callee import (
    Callee,
    Parameter,
    function_callee,
    lineage,
    member_callee,
    members,
)
from adr_lsp.scaffold.typescript.code import Code, Found
from adr_lsp.scaffold.typescript.expression import WIDTH, Expression
from adr_lsp.scaffold.typescript.hint import NOTHING, Hint, Types
from adr_lsp.scaffold.typescript.module import Definition
from adr_lsp.scaffold.typescript.names import Names, camel
from adr_lsp.scaffold.typescript.syntax import field, said
from adr_lsp.value import dataclass

_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Argument:
    """A value that the test draws."""

    name: str
    arbitrary: Expression
    hint: Hint


@dataclass(frozen=True, slots=True)
class Shape:
    """What a template writes: the lines of a property, or the values of a machine."""

    template: str
    lines: tuple[str, ...] = ()
    values: Mapping[str, object] = with_default(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """What a shape works on. `names` are those of the file that is written; `setup` are lines
    that make what is called."""

    code: Code
    names: Names
    arbitraries: Arbitraries
    asserting: Asserting
    statement: str
    reference: str
    targets: tuple[Found, ...]
    machine: bool = False
    is_async: bool = False
    depth: int = 0
    case: Example | None = None
    arguments: list[Argument] = with_default(default_factory=list)
    setup: list[str] = with_default(default_factory=list)

    @property
    def types(self) -> Types:
        return self.arbitraries.types

    @property
    def typed(self) -> bool:
        return self.arbitraries.typed

    def note(self, text: str) -> None:
        self.arbitraries.note(text)

    def start_over(self) -> None:
        self.arguments.clear()
        self.setup.clear()
        self.names.leave()
        self.machine = self.is_async = False

    def expression(self, found: Found) -> str:
        """A target's name in the test, imported from where the record says."""
        local = found.definition.name if found.name == "default" else found.name
        if local in ("", "default"):
            local = camel(found.path.rpartition("/")[2].partition(".")[0])
        specifier = self.arbitraries.specifiers.of(found.path)
        return self.names.use(specifier, found.name, local, key=found.path)

    def callee(self, found: Found) -> Callee | None:
        """How the test calls a target."""
        definition = found.definition
        bound = self.types.bound(definition, ())
        if definition.kind == "class" and found.member in ("", "constructor"):
            self.expression(found)
            made = self.arbitraries.maker(definition)
        elif found.member:
            made = member_callee(
                self.types, definition, found.member, self.expression(found), bound
            )
        else:
            name = found.full_name
            expression = self.expression(found)
            made = function_callee(self.types, definition.node, definition.path, name, expression)
        self.is_async |= made is not None and made.is_async
        return made

    def functions(self) -> list[Callee]:
        """The targets that are functions or methods."""
        found = (self.callee(each) for each in self.targets if not self._is_class(each))
        return [callee for callee in found if callee is not None]

    def cls(self) -> Definition | None:
        """The class that a target is, or that it is a method of."""
        for found in self.targets:
            if found.definition.kind == "class":
                return found.definition
        return None

    def _is_class(self, found: Found) -> bool:
        return found.definition.kind == "class" and found.member in ("", "constructor")

    def sibling(self, found: Found, name: str) -> Callee | None:
        """Another function of the same module, or another method of the same class."""
        definition = found.definition
        if found.member:
            bound = self.types.bound(definition, ())
            return member_callee(self.types, definition, name, self.expression(found), bound)
        other = self.code.exported(found.path, name) or self.code.located(found.path, name)
        if other is None or other[0].kind != "function":
            return None
        exported = self.code.exported(found.path, name) is not None
        return self.callee(Found(other[0], found.path, name, exported))

    def draw(self, parameter: Parameter, name: str = "") -> str:
        """Draw a value for a parameter; the source of it. An object of a class is made of drawn
        values in the test, so that a counterexample shows them and each run has its own."""
        if not self.machine and self.is_object(parameter.hint) and self.depth < _DEEPEST:
            kept = name or parameter.name
            return self.hold(kept, self.draw_object(parameter.hint, kept))
        arbitrary = self.arbitraries.of_parameter(parameter)
        return self.add(name or parameter.name, arbitrary, parameter.hint)

    def draw_object(self, hint: Hint, name: str = "") -> str:
        """Draw what makes an object of a class; the source that makes it. What has the name of
        something drawn before has that of the object before it."""
        definition = self.types.definition(hint)
        maker = self.arbitraries.maker(definition, hint.arguments) if definition else None
        if maker is None:
            return self.add(camel(hint.short), self.arbitraries.of(hint), hint)
        self.is_async |= maker.is_async
        lead = name or camel(hint.short)
        self.depth += 1
        values = {p.name: self.draw(p, self._apart(p.name, lead)) for p in maker.required}
        self.depth -= 1
        return maker.call(values)

    def _apart(self, name: str, lead: str) -> str:
        return name if self.names.is_free(name) else f"{lead}{name[:1].upper()}{name[1:]}"

    def hold(self, name: str, source: str) -> str:
        """A line that keeps a value under a name."""
        local = self.names.local(name)
        self.setup.append(f"const {local} = {source};")
        return local

    def add(self, name: str, arbitrary: Expression, hint: Hint) -> str:
        """Draw a value; its name in the test."""
        local = self.names.local(name)
        self.arguments.append(Argument(local, arbitrary, hint))
        return local

    def draw_all(self, callee: Callee) -> dict[str, str]:
        """Draw what a call takes, and note what it refuses. What the call changes is a copy of what
        was drawn."""
        self.note_refusals(callee)
        return {parameter.name: self._given(callee, parameter) for parameter in callee.required}

    def note_refusals(self, callee: Callee) -> None:
        """Values that a call refuses are no cases, unless a machine lets it refuse."""
        if callee.refuses and not self.machine:
            listed = ", ".join(callee.refuses)
            self.note(f"`{callee.name}` refuses some values ({listed}): draw what it takes")

    def _given(self, callee: Callee, parameter: Parameter) -> str:
        kept = self.machine or parameter.name not in callee.mutates
        if kept or self.is_object(self.element(parameter.hint) or parameter.hint):
            return self.draw(parameter)
        drawn = self.draw(parameter, f"drawn{parameter.name[:1].upper()}{parameter.name[1:]}")
        return self.hold(parameter.name, f"structuredClone({drawn})")

    def is_object(self, hint: Hint) -> bool:
        """Its values are made by a class of the project."""
        definition = self.types.definition(hint)
        return definition is not None and definition.kind == "class"

    def receiver(self, callee: Callee, name: str = "") -> str:
        """The object that a method is called on; "" for a function."""
        if callee.kind != "method" or callee.owner is None:
            return ""
        kept = name or camel(callee.owner.name)
        return self.hold(kept, self.draw_object(Hint(callee.owner.key), kept))

    def alike(self, hint: Hint, actual: str, expected: str) -> tuple[str, ...]:
        """What says that two values are equal. A comparison sees nothing of what an object keeps
        in private fields: there it is of all that both show."""
        definition = self.types.definition(hint)
        if definition is None or not self._hides(definition):
            return (self.asserting.equal(actual, expected),)
        shown = [name for name, _ in readable(self.types, definition)]
        if not shown:
            self.note(f"`{definition.name}` keeps private fields and shows nothing of them")
            return self.blank(self.asserting.equal(actual, expected))
        own = self.arbitraries.use(definition)
        typed = f": {own}" if self.typed else ""
        listed = ", ".join(f"value.{name}" for name in shown)
        keeps = f"const shown = (value{typed}) => [{listed}];"
        return (keeps, self.asserting.equal(f"shown({actual})", f"shown({expected})"))

    def _hides(self, definition: Definition) -> bool:
        if definition.kind != "class":
            return False
        owners = lineage(self.code, definition)
        return any(said(field(m, "name")).startswith("#") for o in owners for m in members(o))

    def blank(self, sketch: str) -> tuple[str, ...]:
        """What only the author knows: it fails until it is written."""
        said = f"TODO: write the property, such as: {' '.join(sketch.split())}"
        lines = wrap(said, WIDTH - 14, break_long_words=False, break_on_hyphens=False)
        comments = (f"//{'   ' if n else ' '}{line}" for n, line in enumerate(lines))
        return (*comments, f'throw new Error("not implemented: {self.reference}");')

    def same(self, one: Hint, other: Hint) -> bool:
        return one == other or self.types.expanded(one) == self.types.expanded(other)

    def changes(self, callee: Callee) -> bool:
        """It works by what it changes, not by what it gives back."""
        return bool(callee.mutates) and (callee.returns in (*NOTHING, Hint("boolean"))
                                         or callee.returns.name == "?")  # fmt: skip

    def element(self, hint: Hint) -> Hint | None:
        """What a list holds."""
        found = self.types.expanded(hint)
        if found.name in ("array", "Set") and found.arguments:
            return found.arguments[0]
        return None
