"""Stand-ins for what a call reaches outside: an interface of methods, an abstract class, a
function."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from adr_lsp.scaffold.typescript.callee import function_callee, members
from adr_lsp.scaffold.typescript.expression import Expression, Members
from adr_lsp.scaffold.typescript.hint import Hint
from adr_lsp.scaffold.typescript.syntax import FUNCTIONS, field, said

if TYPE_CHECKING:
    from adr_lsp.scaffold.typescript.callee import Callee
    from adr_lsp.scaffold.typescript.draft import Draft

_ASKS = re.compile(
    r"(?:has|is|get|find|exists|contains|includes|list|read|load|fetch|lookup|count|now|size|peek|"
    r"seen|known|knows|today|random|next)(?![a-z])"
)
_ANSWERS = {"void": "", "undefined": "", "string": '"done"', "number": "1", "bigint": "1n",
            "boolean": "true", "array": "[]", "Map": "new Map()", "Set": "new Set()",
            "null": "null", "Record": "{}", "any": "", "unknown": "", "?": ""}  # fmt: skip


def is_outside(draft: Draft, hint: Hint) -> bool:
    """It only says what is called: a function, or an object of functions."""
    if hint.name == "function":
        return True
    found = draft.types.expanded(hint)
    if found.name == "function":
        return True
    fields = found.fields
    return bool(fields) and all(each.hint.name == "function" for each in fields)


def stand_in(draft: Draft, hint: Hint, is_key: Callable[[str], bool]) -> Expression:
    """The source of an object that keeps the key of each call in `effects`."""
    expanded = draft.types.expanded(hint)
    if expanded.name == "function":
        answer = _answer(draft, expanded.arguments[0] if expanded.arguments else Hint("void"))
        return _function(draft, "...given", answer, "given[0]")
    parts: list[tuple[str, Expression]] = []
    for callee in _methods(draft, hint):
        keyed = [p.name for p in callee.parameters if is_key(p.name)]
        names = [p.name for p in callee.parameters]
        key = keyed[0] if keyed else f"[{', '.join(names)}]"
        returns = Hint("Promise", (callee.returns,)) if callee.is_async else callee.returns
        used = ", ".join(names[: names.index(keyed[0]) + 1] if keyed else names)
        if _ASKS.match(callee.name):
            parts.append((callee.name, _asked(draft, used, returns, key)))
            continue
        body = _function(draft, used, _answer(draft, returns), key)
        parts.append((callee.name, body))
    if not parts:
        for each in expanded.fields:
            returns = each.hint.arguments[0] if each.hint.arguments else Hint("void")
            body = _function(draft, "...given", _answer(draft, returns), "given[0]")
            parts.append((each.name, body))
    return Members(tuple(parts))


def _methods(draft: Draft, hint: Hint) -> list[Callee]:
    definition = draft.types.definition(hint)
    if definition is None or definition.kind != "interface":
        return []
    found = []
    for member in members(definition):
        if member.type in FUNCTIONS:
            name = said(field(member, "name"))
            found.append(function_callee(draft.types, member, definition.path, name, name))
    return found


def _asked(draft: Draft, parameters: str, returns: Hint, key: str) -> str:
    """A method that only asks keeps nothing; whether something is there, the effects tell."""
    later = returns.name == "Promise" and bool(returns.arguments)
    inner = draft.types.expanded(returns.arguments[0] if later else returns)
    if inner.name != "boolean" or not parameters:
        return f"() => {_answer(draft, returns) or 'undefined'}"
    known = f"effects.includes({key})"
    return f"({parameters}) => {f'Promise.resolve({known})' if later else known}"


def _function(draft: Draft, parameters: str, answer: str, key: str) -> str:
    spread = parameters == "...given" and draft.typed
    typed = "...given: unknown[]" if spread else parameters
    if not answer:
        return f"({typed}) => void effects.push({key})"
    return f"({typed}) => (effects.push({key}), {answer})"


def _answer(draft: Draft, returns: Hint) -> str:
    """What the call gives back; "" for nothing."""
    if returns.name == "Promise":
        inner = _answer(draft, returns.arguments[0] if returns.arguments else Hint("void"))
        return f"Promise.resolve({inner})"
    found = draft.types.expanded(returns)
    if found.name == "|":
        names = [part.name for part in found.arguments]
        if "undefined" in names or "null" in names:
            return "undefined" if "undefined" in names else "null"
        if found.arguments[0].name == "literal":
            return found.arguments[0].literal
    if found.name == "literal":
        return found.literal
    if found.name == "object" and found.fields:
        parts = (f"{f.name}: {_answer(draft, f.hint) or 'undefined'}" for f in found.fields)
        return "{ " + ", ".join(parts) + " }"
    if found.name not in _ANSWERS:
        draft.note(f"say what is answered in place of a `{returns.short}`")
        return "undefined as never" if draft.typed else "undefined"
    return _ANSWERS[found.name]
