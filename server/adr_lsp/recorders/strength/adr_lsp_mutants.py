"""Small faults in a definition: which ones there are, and how its code looks with one of them.

Standard library alone, from Python 3.8 on; no file is written.
"""

from __future__ import annotations

import ast
import copy
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SWAPPED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Mutant:
    """One fault: the node that differs, and what stands in its place."""

    def __init__(self, kind: str, node: Any, changed: Any) -> None:
        self.kind, self.node, self.changed = kind, node, changed
        self.line: int = node.lineno


def functions(tree: ast.AST) -> list[tuple[str, AnyFunction]]:
    """Every function of a module with its dotted name; those inside functions are part of them."""
    found: list[tuple[str, AnyFunction]] = []
    below: list[tuple[ast.AST, str]] = [(tree, "")]
    while below:
        holder, lead = below.pop()
        for node in getattr(holder, "body", []):
            if isinstance(node, FUNCTIONS):
                found.append((lead + node.name, node))
            elif isinstance(node, ast.ClassDef):
                below.append((node, lead + node.name + "."))
            elif isinstance(node, (ast.If, ast.Try, ast.With)):
                below.append((node, lead))
    return found


def mutants(function: AnyFunction, ran: set[int]) -> list[Mutant]:
    """The faults in a function, kinds in turn, each kind from the top; only in lines that ran."""
    by_kind: dict[str, list[Mutant]] = {}
    for statement in function.body:
        for node in ast.walk(statement):
            if getattr(node, "lineno", None) in ran:
                for kind, changed in _faults(node):
                    by_kind.setdefault(kind, []).append(Mutant(kind, node, changed))
    for kind, found in by_kind.items():
        found.sort(key=lambda each: (each.line, each.node.col_offset))
        by_kind[kind] = _spread(found)
    queues = [by_kind[kind] for kind in sorted(by_kind, key=_ORDER.index)]
    faults: list[Mutant] = []
    while any(queues):
        faults.extend(queue.pop(0) for queue in queues if queue)
    return faults


_ORDER = ["comparison", "operator", "return", "condition", "boundary", "statement", "junction"]


def _spread(found: list[Mutant]) -> list[Mutant]:
    """The first, the last, then those between: a handful is not all from the top."""
    if len(found) < 3:
        return found
    middle = found[1:-1]
    half = len(middle) // 2
    return [found[0], found[-1], *_spread(middle[half:] + middle[:half])]


def _faults(node: Any) -> Iterator[tuple[str, Any]]:
    changed: Any = copy.copy(node)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        changed.ops = [COMPARED[type(node.ops[0])](), *node.ops[1:]]
        yield "comparison", changed
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED and not _is_text(node):
        changed.op = SWAPPED[type(node.op)]()
        yield "operator", changed
    if isinstance(node, ast.AugAssign) and type(node.op) in SWAPPED:
        changed.op = SWAPPED[type(node.op)]()
        yield "operator", changed
    if isinstance(node, ast.BoolOp):
        changed.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield "junction", changed
    if isinstance(node, ast.Constant) and type(node.value) in (int, bool):
        number: Any = node.value
        changed.value = not number if isinstance(number, bool) else number + 1
        yield "boundary", changed
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        changed.value = ast.copy_location(ast.Constant(value=None, kind=None), node.value)
        yield "return", changed
    if isinstance(node, (ast.If, ast.IfExp)):
        changed.test = ast.copy_location(ast.UnaryOp(op=ast.Not(), operand=node.test), node.test)
        yield "condition", changed
    if _does_something(node):
        yield "statement", ast.copy_location(ast.Pass(), node)


def _is_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(s, (ast.JoinedStr, ast.List)) or _is_str(s) for s in sides)


def _is_str(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _does_something(node: ast.AST) -> bool:
    """A statement that acts by itself: a call, `x += 1`, `self.x = 1`, a refusal."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, (ast.Call, ast.Await))
    if isinstance(node, ast.Assign):
        return all(isinstance(t, (ast.Attribute, ast.Subscript)) for t in node.targets)
    return isinstance(node, (ast.AugAssign, ast.Delete, ast.Raise))


def code_with(
    tree: ast.AST, path: str, mutant: Mutant, name: str, line: int
) -> types.CodeType | None:
    """The code of the function `name` in the module with the fault; None if it has none.

    The tree is changed in place and put back: its nodes are those that mutants name.
    """
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is mutant.node:
                return _compiled(tree, path, name, line, parent, field, mutant.changed)
            if isinstance(value, list) and any(each is mutant.node for each in value):
                changed = [mutant.changed if each is mutant.node else each for each in value]
                return _compiled(tree, path, name, line, parent, field, changed)
    return None


def stub(
    tree: ast.AST, path: str, function: AnyFunction, name: str, line: int
) -> types.CodeType | None:
    """The code of the function with a body that returns nothing, as the same kind of function."""
    nothing = ast.copy_location(ast.Return(value=None), function.body[0])
    return _compiled(tree, path, name, line, function, "body", [nothing, *function.body])


def _compiled(
    tree: Any, path: str, name: str, line: int, parent: ast.AST, field: str, changed: Any
) -> types.CodeType | None:
    before = getattr(parent, field)
    setattr(parent, field, changed)
    try:
        module = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None
    finally:
        setattr(parent, field, before)
    return _find(module, name.split("."), line)


def _find(code: types.CodeType, names: list[str], line: int) -> types.CodeType | None:
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType) and inner.co_name == names[0]:
            if len(names) > 1:
                found = _find(inner, names[1:], line)
                if found is not None:
                    return found
            elif inner.co_firstlineno == line:
                return inner
    return None


def shown(lines: list[str], mutant: Mutant) -> tuple[str, str]:
    """The line as it stands, and as the fault has it."""
    node = mutant.node
    before = lines[node.lineno - 1] if node.lineno <= len(lines) else ""
    if mutant.kind == "condition":
        node, changed = node.test, mutant.changed.test
    else:
        changed = mutant.changed
    unparse = getattr(ast, "unparse", None)
    end = getattr(node, "end_col_offset", None)
    if unparse is None or end is None or node.lineno != node.end_lineno:
        text = unparse(changed).splitlines()[0] if unparse else mutant.kind
        return before.strip(), text.strip()
    raw = lines[node.lineno - 1].encode()
    new = raw[: node.col_offset] + unparse(changed).encode() + raw[end:]
    return raw.decode().strip(), new.decode().strip()
