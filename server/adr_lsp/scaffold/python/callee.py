"""Functions, methods and constructors: what they take, and how a test calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import griffe

from adr_lsp.scaffold.python.code import Code, Found
from adr_lsp.value import dataclass

_OPERATORS = {
    "__add__": "+", "__sub__": "-", "__mul__": "*", "__or__": "|", "__and__": "&", "__xor__": "^",
    "__truediv__": "/", "__floordiv__": "//", "__mod__": "%", "__matmul__": "@", "__lt__": "<",
    "__le__": "<=", "__gt__": ">", "__ge__": ">=", "__eq__": "==",
}  # fmt: skip
_LAZY = re.compile(r"(?:\w+\.)*(?:Iterator|Generator|Iterable|AsyncIterator)\b")
_REFUSAL = re.compile(r"^\s*raise\s+([A-Z]\w*)\b", re.MULTILINE)
_NOT_A_REFUSAL = frozenset({"AssertionError", "Exception", "BaseException", "NotImplementedError"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; `scope` is where its annotation is read."""

    name: str
    annotation: str | None
    default: str | None
    keyword_only: bool
    scope: griffe.Object


@dataclass(frozen=True, slots=True)
class Callee:
    """Something to call. `expression` is its name in the test, or the class of a method."""

    expression: str
    name: str
    kind: str  # function | method | property | class-method | class
    owner: griffe.Class | None
    parameters: tuple[Parameter, ...]
    returns: str | None
    scope: griffe.Object
    refusals: tuple[str, ...]
    is_async: bool = False

    @property
    def required(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.parameters if p.default is None)

    @property
    def mutates(self) -> bool:
        """It says that it returns nothing."""
        return self.returns == "None"

    def call(self, values: Mapping[str, str], receiver: str = "") -> str:
        """The call, with an argument for each parameter in `values`."""
        if self.kind == "property":
            return f"{receiver}.{self.name}"
        given = [p for p in self.parameters if p.name in values]
        if self.kind == "method" and self.name in _OPERATORS and len(given) == 1:
            return f"{receiver} {_OPERATORS[self.name]} {values[given[0].name]}"
        return self._finished(self._called(given, values, receiver))

    def _called(self, given: Sequence[Parameter], values: Mapping[str, str], receiver: str) -> str:
        skipped = False
        arguments = []
        for parameter in self.parameters:
            if parameter not in given:
                skipped = True
                continue
            named = parameter.keyword_only or skipped
            value = values[parameter.name]
            arguments.append(f"{parameter.name}={value}" if named else value)
        inside = ", ".join(arguments)
        if self.kind == "method":
            dunder = {"__len__": "len", "__str__": "str", "__bytes__": "bytes", "__neg__": "-"}
            if self.name in dunder:
                return f"{dunder[self.name]}({receiver})"
            return (
                f"{receiver}({inside})"
                if self.name == "__call__"
                else (f"{receiver}.{self.name}({inside})")
            )
        return f"{self.expression}({inside})"

    def _finished(self, call: str) -> str:
        if self.is_async:
            call = f"asyncio.run({call})"
        return f"list({call})" if self.returns and _LAZY.match(self.returns) else call


def text_of(annotation: object) -> str | None:
    """An annotation's source, out of its quotes."""
    if annotation is None:
        return None
    text = str(annotation)
    return text[1:-1] if text[:1] in "'\"" and text[:1] == text[-1:] else text


def function_callee(code: Code, function: griffe.Function, expression: str) -> Callee:
    """A function, or a method of a class; a method's `expression` is `Class.method`."""
    owner = function.parent if isinstance(function.parent, griffe.Class) else None
    parameters = _parameters(function)
    kind = "function"
    if owner and "classmethod" in function.labels:
        kind, parameters = "class-method", parameters[1:]
    elif owner and "staticmethod" in function.labels:
        kind = "class-method"
    elif owner:
        kind, parameters = "method", parameters[1:]
    returns = text_of(function.returns)
    if owner and returns in ("Self", "typing.Self"):
        returns = owner.name
    refused = refusals(code, function)
    is_async = "async" in function.labels
    return Callee(
        expression, function.name, kind, owner, parameters, returns, function, refused, is_async
    )


def view_callee(found: griffe.Object) -> Callee:
    """A property or an attribute that is read."""
    owner = found.parent if isinstance(found.parent, griffe.Class) else None
    annotation = getattr(found, "annotation", None)
    return Callee("", found.name, "property", owner, (), text_of(annotation), found, ())


def _parameters(function: griffe.Function) -> tuple[Parameter, ...]:
    many = (griffe.ParameterKind.var_positional, griffe.ParameterKind.var_keyword)
    return tuple(
        Parameter(
            p.name,
            text_of(p.annotation),
            None if p.default is None else str(p.default),
            p.kind is griffe.ParameterKind.keyword_only,
            function,
        )
        for p in function.parameters
        if p.kind not in many
    )


def refusals(code: Code, function: griffe.Object) -> tuple[str, ...]:
    """The exceptions that the body itself raises by name."""
    raised = dict.fromkeys(_REFUSAL.findall(code.source(function)))
    return tuple(name for name in raised if name not in _NOT_A_REFUSAL)


def constructor(code: Code, cls: griffe.Class, expression: str) -> Callee:
    """A class as a function: its fields, or what its `__init__` takes."""
    init = next((c.members["__init__"] for c in code.lineage(cls) if "__init__" in c.members), None)
    if isinstance(init, griffe.Function):
        parameters = _parameters(init)[1:]
    else:
        parameters = fields(code, cls)
    checks = [m for name in ("__post_init__", "__init__", "__new__", "__attrs_post_init__")
              if isinstance(m := cls.members.get(name), griffe.Function)]  # fmt: skip
    refused = tuple(dict.fromkeys(r for check in checks for r in refusals(code, check)))
    return Callee(expression, cls.name, "class", None, parameters, cls.name, cls, refused)


def fields(code: Code, cls: griffe.Class) -> tuple[Parameter, ...]:
    """The annotated attributes of a class and its bases, in the order of its constructor."""
    found: dict[str, Parameter] = {}
    for ancestor in reversed(code.lineage(cls)):
        methods = [m for m in ancestor.members.values() if isinstance(m, griffe.Function)]
        for member in ancestor.members.values():
            if isinstance(member, griffe.Attribute) and _is_field(code, member, methods):
                default = None if member.value is None else str(member.value)
                found[member.name] = Parameter(
                    member.name, text_of(member.annotation), default, True, ancestor
                )
    return tuple(found.values())


def _is_field(code: Code, member: griffe.Attribute, methods: list[griffe.Function]) -> bool:
    declared = member.annotation is not None and "instance-attribute" in member.labels
    if not declared or "property" in member.labels or member.name == "_":
        return False
    annotation = text_of(member.annotation) or ""
    kind = code.meaning(annotation.partition("[")[0], member.parent or member)
    if kind in ("typing.ClassVar", "dataclasses.KW_ONLY"):
        return False
    if re.search(r"\binit\s*=\s*False", str(member.value or "")):
        return False
    line = member.lineno or 0
    return not any((m.lineno or 0) <= line <= (m.endlineno or 0) for m in methods)


def callee_of(code: Code, found: Found, expression: str) -> Callee | None:
    """How a test calls a target; None for what cannot be called."""
    thing = found.object
    if isinstance(thing, griffe.Function):
        return function_callee(code, thing, expression)
    if isinstance(thing, griffe.Class):
        return constructor(code, thing, expression)
    return None
