"""Values as a record writes them, as Python source: literals, members, names of the project."""

from __future__ import annotations

import ast
import builtins
import json
import re

import griffe

from adr_lsp.scaffold.python.annotations import UNKNOWN, Hint
from adr_lsp.scaffold.python.draft import Draft

BLANK = "..."
_SPELLED = {"true": "True", "false": "False", "null": "None", "none": "None", "nil": "None",
            "undefined": "None", "zero": "0", "one": "1"}  # fmt: skip
_BUILT = {"decimal.Decimal": "Decimal", "fractions.Fraction": "Fraction"}
_PARSED = {"datetime.date": "date", "datetime.datetime": "datetime", "datetime.time": "time"}


def value(draft: Draft, hint: Hint, written: str, scope: griffe.Object | None) -> str:
    """The source of a value of a type; `BLANK` where nothing tells what it is in Python."""
    text = written.strip()
    if hint.name == "|":
        wanted = [part for part in hint.arguments if part.name != "None"]
        if text.lower() in ("none", "null", "nil", "undefined"):
            return "None"
        return value(draft, wanted[0], text, scope) if len(wanted) == 1 else BLANK
    return (
        _of_type(draft, hint, text)
        or _expression(draft, text, scope)
        or (_quoted(text) if hint.name == "str" or _plain(hint, text) else BLANK)
    )


def _of_type(draft: Draft, hint: Hint, text: str) -> str | None:
    """What the type makes of the words: `Decimal("1.50")`, `Size.LARGE`."""
    bare = text.strip("\"'")
    if hint.name in _BUILT and re.fullmatch(r"[-+]?[\d_]+(?:[./]\d+)?", bare):
        name = draft.names.use(hint.name.rpartition(".")[0], _BUILT[hint.name])
        return f'{name}("{bare}")' if re.search(r"[./]", bare) else f"{name}({bare})"
    if hint.name in _PARSED and re.fullmatch(r"[\d:T.+-]+", bare):
        return f'{draft.names.use("datetime", _PARSED[hint.name])}.fromisoformat("{bare}")'
    if hint.name == "str" and not text.startswith(("'", '"', "f'", 'f"')):
        return _quoted(text)
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if isinstance(thing, griffe.Class):
        member = next((m for m in thing.members if m.lower() == bare.lower()), None)
        known = draft.strategies.name_of(thing.path)
        return f"{known}.{member}" if member and known else None
    return None


def _expression(draft: Draft, text: str, scope: griffe.Object | None) -> str | None:
    """Python whose every name is known, its names imported."""
    text = _SPELLED.get(text.lower(), text)
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda | ast.NamedExpr | ast.Await | ast.Yield | ast.Starred):
            return None
        if isinstance(node, ast.Name):
            known = _name(draft, node.id, scope)
            if known is None:
                return None
            node.id = known
    return _written(tree)


def _written(tree: ast.Expression) -> str:
    """In double quotation marks, as formatters have it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return _requoted(ast.unparse(tree))
    return ast.unparse(tree)


def _requoted(source: str) -> str:
    return source if '"' in source or "\\" in source else source.replace("'", '"')


def _name(draft: Draft, name: str, scope: griffe.Object | None) -> str | None:
    """A name of the target's module, or a builtin."""
    if name.lower() in _SPELLED and name not in ("one", "zero"):
        return _SPELLED[name.lower()]
    module = scope.module if scope is not None else None
    if module is not None and name in module.members:
        return draft.names.use(module.path, name)
    return name if hasattr(builtins, name) else None


def _plain(hint: Hint, text: str) -> bool:
    """A word where any value may stand."""
    return hint in (UNKNOWN, Hint("object")) and re.fullmatch(r"[^\W\d][\w -]*", text) is not None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())
