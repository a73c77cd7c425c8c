"""Type hints as trees of full names, with aliases and forward references opened."""

from __future__ import annotations

import ast
from dataclasses import field

import griffe

from adr_lsp.scaffold.python.code import Code
from adr_lsp.value import dataclass

WRAPPERS = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly")
) | {"dataclasses.InitVar"}


@dataclass(frozen=True, slots=True)
class Hint:
    """One type: its full name (`|` for unions), what stands in brackets, where it was read.

    `literal` holds the source of a `Literal`'s values, or a constant such as `None` and `...`.
    """

    name: str
    arguments: tuple[Hint, ...] = ()
    literal: tuple[str, ...] = ()
    scope: griffe.Object | None = field(default=None, compare=False)


UNKNOWN = Hint("?")
NONE = Hint("None")


def hint_of(code: Code, annotation: str | None, scope: griffe.Object, depth: int = 0) -> Hint:
    """What an annotation says; `UNKNOWN` if it says nothing that can be read."""
    if annotation is None or depth > 20:
        return UNKNOWN
    try:
        node = ast.parse(annotation.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return UNKNOWN
    return _of(code, node, scope, depth)


def _of(code: Code, node: ast.expr, scope: griffe.Object, depth: int) -> Hint:
    match node:
        case ast.Constant(value=None):
            return NONE
        case ast.Constant(value=str(text)):
            return hint_of(code, text, scope, depth + 1)
        case ast.Constant(value=value) if value is ...:
            return Hint("...")
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _union(_of(code, left, scope, depth + 1), _of(code, right, scope, depth + 1))
        case ast.List(elts=parts):
            return Hint("[]", tuple(_of(code, part, scope, depth + 1) for part in parts))
        case ast.Subscript(value=base, slice=inside):
            return _subscript(code, base, inside, scope, depth)
        case ast.Name() | ast.Attribute():
            return _opened(code, code.meaning(ast.unparse(node), scope), scope, depth)
    return UNKNOWN


def _union(*hints: Hint) -> Hint:
    parts: list[Hint] = []
    for hint in hints:
        parts.extend(hint.arguments if hint.name == "|" else [hint])
    return Hint("|", tuple(dict.fromkeys(parts)))


def _subscript(
    code: Code, base: ast.expr, inside: ast.expr, scope: griffe.Object, depth: int
) -> Hint:
    name = code.meaning(ast.unparse(base), scope)
    parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    short = name.removeprefix("typing.").removeprefix("typing_extensions.")
    if short == "Literal" and name != short:
        return Hint("typing.Literal", (), tuple(_spelled(part) for part in parts), scope)
    if name in WRAPPERS and parts:
        return _of(code, parts[0], scope, depth + 1)
    hints = tuple(_of(code, part, scope, depth + 1) for part in parts)
    if short == "Optional" and name != short:
        return _union(*hints, NONE)
    if short == "Union" and name != short:
        return _union(*hints)
    return Hint(name, hints, (), scope)


def _spelled(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return '"' + repr("'" + node.value)[2:-1].replace('"', '\\"') + '"'
    return ast.unparse(node)


def _opened(code: Code, name: str, scope: griffe.Object, depth: int) -> Hint:
    """A name, or what it is an alias of."""
    if name in ("typing.Self", "typing_extensions.Self"):
        owner = scope if isinstance(scope, griffe.Class) else scope.parent
        return Hint(owner.path, (), (), scope) if isinstance(owner, griffe.Class) else UNKNOWN
    thing = code.definition(name) if "." in name else None
    value = str(getattr(thing, "value", None) or "")
    if thing is None or isinstance(thing, griffe.Class | griffe.Function) or not value:
        return Hint(name if thing is None else thing.path, (), (), scope)
    home = thing.parent if isinstance(thing.parent, griffe.Object) else scope
    call = _call(value)
    if call is None:
        return hint_of(code, value, home, depth + 1)
    function = code.meaning(ast.unparse(call.func), home).rpartition(".")[2]
    if function == "NewType" and len(call.args) == 2:
        return _of(code, call.args[1], home, depth + 1)
    if function == "TypeVar":
        return _variable(code, call, home, depth)
    return Hint(thing.path, (), (), scope)


def _variable(code: Code, call: ast.Call, home: griffe.Object, depth: int) -> Hint:
    """A type variable stands for its bound, its first constraint, else for whole numbers."""
    bound = next((k.value for k in call.keywords if k.arg == "bound"), None)
    chosen = bound or (call.args[1] if len(call.args) > 1 else None)
    return _of(code, chosen, home, depth + 1) if chosen else Hint("int")


def _call(value: str) -> ast.Call | None:
    try:
        node = ast.parse(value, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return node if isinstance(node, ast.Call) else None
