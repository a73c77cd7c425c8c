"""A test in the making: what it draws, calls and imports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import field

import griffe

from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.python.annotations import Hint, hint_of
from adr_lsp.scaffold.python.callee import Callee, Parameter, callee_of, function_callee, refusals
from adr_lsp.scaffold.python.code import Code, Found
from adr_lsp.scaffold.python.expression import Expression
from adr_lsp.scaffold.python.names import Names
from adr_lsp.scaffold.python.strategies import Strategies
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Argument:
    """A value that the test draws."""

    name: str
    strategy: Expression
    annotation: str | None
    hint: Hint


@dataclass(frozen=True, slots=True)
class Shape:
    """A template with what it reads besides the draft; `note` says what it could not know."""

    template: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Draft:
    """What a shape works on. `code` and `names` are those of the file that is written."""

    code: Code
    names: Names
    strategies: Strategies
    statement: str
    targets: tuple[Found, ...]
    machine: bool = False
    case: Example | None = None
    arguments: list[Argument] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.strategies.note(text)

    def expression(self, found: Found) -> str:
        """A target's name in the test, imported from where the record says."""
        outer, dot, rest = found.name.partition(".")
        return self.names.use(found.module, outer) + dot + rest

    def callee(self, found: Found) -> Callee | None:
        """How the test calls a target."""
        thing = found.object
        method = isinstance(thing, griffe.Function) and isinstance(thing.parent, griffe.Class)
        if method and not {"classmethod", "staticmethod"} & thing.labels:
            return callee_of(self.code, found, thing.name)
        made = callee_of(self.code, found, self.expression(found))
        if made is not None and made.is_async:
            self.names.use("asyncio")
        return made

    def member(self, cls: Found, name: str) -> Callee | None:
        """A method of a target that is a class."""
        thing = self.code.definition(f"{cls.object.path}.{name}")
        if not isinstance(thing, griffe.Function):
            return None
        return function_callee(self.code, thing, f"{self.expression(cls)}.{name}")

    def hint(self, parameter: Parameter) -> Hint:
        return self.strategies.hint(parameter)

    def result(self, callee: Callee) -> Hint:
        return hint_of(self.code, callee.returns, callee.scope)

    def draw(self, parameter: Parameter, name: str = "") -> str:
        """Draw a value for a parameter; its name in the test."""
        hint = self.hint(parameter)
        chosen = self.strategies.chosen.get(("", parameter.name))
        strategy = chosen or self.strategies.of_parameter(parameter)
        annotation = self.annotation(parameter.annotation, parameter.scope)
        return self.add(name or parameter.name, strategy, annotation, hint)

    def draw_object(self, cls: griffe.Class, name: str = "") -> str:
        """Draw an object of a class."""
        hint = Hint(cls.path)
        strategy = self.strategies.of(hint)
        return self.add(name or snake(cls.name), strategy, self.strategies.name_of(cls.path), hint)

    def add(self, name: str, strategy: Expression, annotation: str | None, hint: Hint) -> str:
        """Draw a value from a strategy; its name in the test."""
        local = self.names.local(name)
        self.arguments.append(Argument(local, strategy, annotation, hint))
        return local

    def draw_all(self, parameters: Iterable[Parameter]) -> dict[str, str]:
        """Draw what a call takes, and note what it refuses."""
        parameters = tuple(parameters)
        self.note_refusals(parameters)
        return {parameter.name: self.draw(parameter) for parameter in parameters}

    def note_refusals(self, parameters: tuple[Parameter, ...]) -> None:
        """Values that a call refuses are no cases, unless a machine lets it refuse."""
        scope = parameters[0].scope if parameters else None
        refused = refusals(self.code, scope) if isinstance(scope, griffe.Function) else ()
        if refused and not self.machine and scope is not None:
            listed = ", ".join(refused)
            self.note(f"`{scope.name}` refuses some values ({listed}): draw what it takes")

    def receiver(self, callee: Callee, name: str = "") -> str:
        """The object that a method is called on."""
        is_method = callee.kind == "method" and callee.owner is not None
        return self.draw_object(callee.owner, name) if is_method and callee.owner else ""

    def annotation(self, text: str | None, scope: griffe.Object) -> str | None:
        """A type hint as it can stand in the test, its names imported."""
        if text is None:
            return None
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        rewriter = _Imported(self, scope)
        tree = rewriter.visit(tree)
        return None if rewriter.unknown else ast.unparse(tree).replace("'", '"')

    def compares(self, hint: Hint) -> bool:
        """Whether two objects of the type with the same content are equal."""
        thing = self.code.definition(hint.name) if "." in hint.name else None
        if not isinstance(thing, griffe.Class):
            return True
        line = self.code.lineage(thing)
        plain = not any("dataclass" in c.labels or "__eq__" in c.members for c in line)
        marked = any("define" in str(d.value) or "attr" in str(d.value) for d in thing.decorators)
        external = self.code.base_names(thing) - {"abc.ABC", "object", "typing.Generic"}
        return not plain or marked or bool(external)

    def doubt_equality(self, hint: Hint) -> None:
        """Note that objects of the type are equal only to themselves."""
        if not self.compares(hint):
            name = hint.name.rpartition(".")[2]
            self.note(f"`{name}` has no `__eq__`: compare what it holds")


class _Imported(ast.NodeTransformer):
    """Writes each name of a type hint as the test file has it."""

    def __init__(self, draft: Draft, scope: griffe.Object) -> None:
        self._draft, self._scope, self.unknown = draft, scope, False

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if not isinstance(node.value, str):
            return node
        inner = self._draft.annotation(node.value, self._scope)
        self.unknown |= inner is None
        return ast.parse(inner or "None", mode="eval").body

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        name = ast.unparse(node.value).rpartition(".")[2]
        if name == "Annotated" and isinstance(node.slice, ast.Tuple):
            return self.visit(node.slice.elts[0])  # type: ignore[no-any-return]
        if name == "Literal":
            node.value = self.visit(node.value)
            return node
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._named(ast.unparse(node))

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._named(node.id)

    def _named(self, text: str) -> ast.AST:
        full = self._draft.code.meaning(text, self._scope)
        thing = self._draft.code.definition(full) if "." in full else None
        variable = thing is not None and "TypeVar" in str(getattr(thing, "value", ""))
        short = self._defined(thing) if thing else self._draft.strategies.name_of(full)
        if short is None or variable or full.endswith(".Self"):
            self.unknown = True
            return ast.Name("object")
        return ast.parse(short, mode="eval").body

    def _defined(self, thing: griffe.Object) -> str:
        module = thing.module.path
        outer, dot, rest = thing.path.removeprefix(f"{module}.").partition(".")
        return self._draft.names.use(module, outer) + dot + rest


def plural(name: str) -> str:
    """A name for many: `entries`, `batches`, `shifts`."""
    if re.search(r"[^aeiou]y\Z", name):
        return f"{name[:-1]}ies"
    if name.endswith("ings"):
        return name
    return f"{name}es" if re.search(r"(?:s|x|z|ch|sh)\Z", name) else f"{name}s"


def snake(name: str) -> str:
    """`CaptureRequest` as the name of a variable."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().strip("_")
