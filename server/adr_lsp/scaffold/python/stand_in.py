"""Stand-ins for what a call reaches outside: a protocol, an abstract class, a callable."""

from __future__ import annotations

import re

import griffe

from adr_lsp.scaffold.python.annotations import Hint
from adr_lsp.scaffold.python.callee import Callee, Parameter
from adr_lsp.scaffold.python.draft import Draft
from adr_lsp.scaffold.python.machine import methods
from adr_lsp.value import dataclass

_ABSTRACT = frozenset({"typing.Protocol", "typing_extensions.Protocol", "abc.ABC"})
_ANSWERS = {"None": "None", "str": '"done"', "int": "1", "float": "1.0", "bool": "True",
            "bytes": 'b"done"', "list": "[]", "dict": "{}", "tuple": "()",
            "set": "set()"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recorded:
    """A method that keeps the key of each call; `answer` is what it returns."""

    name: str
    parameters: str
    returns: str
    key: str
    answer: str
    is_async: bool


@dataclass(frozen=True, slots=True)
class StandIn:
    name: str
    of: str
    methods: tuple[Recorded, ...]


def stand_in(draft: Draft, hint: Hint, key: re.Pattern[str]) -> StandIn | None:
    """What stands for a type that only says what is called; None for any other type."""
    if hint.name in ("collections.abc.Callable", "typing.Callable"):
        return StandIn(draft.names.top_level("Effects"), "the effect", (_callable(draft, hint),))
    thing = draft.code.definition(hint.name) if "." in hint.name else None
    if not isinstance(thing, griffe.Class) or not draft.code.base_names(thing) & _ABSTRACT:
        return None
    recorded = tuple(_recorded(draft, method, key) for method in methods(draft, thing))
    return StandIn(draft.names.top_level(f"Recording{thing.name}"), f"`{thing.name}`", recorded)


def _callable(draft: Draft, hint: Hint) -> Recorded:
    returns = hint.arguments[1] if len(hint.arguments) > 1 else Hint("None")
    answer = _answer(draft, returns, "the callable")
    return Recorded("__call__", "*arguments: object", "object", "arguments[:1]", answer, False)


def _recorded(draft: Draft, method: Callee, key: re.Pattern[str]) -> Recorded:
    keyed = [p.name for p in method.parameters if key.match(p.name)]
    named = [p.name for p in method.parameters]
    chosen = keyed[0] if keyed else f"({', '.join(named)},)" if named else "()"
    return Recorded(
        method.name,
        ", ".join(_parameter(draft, parameter) for parameter in method.parameters),
        draft.annotation(method.returns, method.scope) or "object",
        chosen,
        _answer(draft, draft.result(method), method.name),
        method.is_async,
    )


def _parameter(draft: Draft, parameter: Parameter) -> str:
    hint = draft.annotation(parameter.annotation, parameter.scope)
    default = f" = {parameter.default}" if parameter.default is not None else ""
    return f"{parameter.name}: {hint or 'object'}{default}"


def _answer(draft: Draft, returns: Hint, name: str) -> str:
    if returns.name in ("?", "object", "typing.Any"):
        return "None"
    if returns.name == "|" and any(part.name == "None" for part in returns.arguments):
        return "None"
    if returns.name not in _ANSWERS:
        draft.note(f"say what `{name}` answers")
    return _ANSWERS.get(returns.name, "...")
