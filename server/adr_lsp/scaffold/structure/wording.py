"""The rule that a statement's words give."""

from __future__ import annotations

import re

from adr_lsp.value import dataclass

LONGEST = 2_000
_SPAN = re.compile(r"`+([^`]+)`+")
_MODULE = r"`([^`]+)`"
_MANY = rf"((?:{_MODULE}(?:, | and | or |, and |, or )?)+)"
_IMPORTS = r"(?:imports?|depends? on|uses?|reach(?:es)?|refers? to|knows?)"
_MAY = r"(?:may|can|should|must|(?:is|are) allowed to)"
_ONLY = re.compile(rf"only {_MANY} (?:{_MAY} )?{_IMPORTS} {_MODULE}", re.I)
_ONLY_BY = re.compile(
    rf"{_MODULE} (?:is|may be|can be) (?:only )?imported (?:only )?by {_MANY}", re.I
)
_NEVER = re.compile(rf"{_MODULE}[^`]*?\b(?:never|not|no)\b[^`]*?\b{_IMPORTS}\b[^`]*?{_MANY}", re.I)
_NOTHING = re.compile(rf"(?:nothing|no \w+) in {_MODULE} {_IMPORTS} {_MANY}", re.I)
_NONE_OF = re.compile(
    rf"{_MODULE} {_IMPORTS} (?:nothing|none|no \w+) (?:of|from|in|on) {_MANY}", re.I
)
_LAYERS = re.compile(r"`([^`]+)`(?:\s*(?:>|›|→|->|above|over)\s*`([^`]+)`)+")
_LAYER_SPAN = re.compile(r"\s*(?:>|›|→|->)\s*")
_CYCLES = re.compile(r"\b(?:no|free of|without) (?:\w+ )?cycles?\b|\bacyclic", re.I)
_CALLED = re.compile(
    rf"(?:never|not|no \w+|nothing|nobody)\b[^`]*\bcalls?\b[^`]*{_MANY}"
    rf"|{_MODULE}[^`]*?\b(?:never|not)\b (?:be )?(?:called|used)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`kind` is never, only, layers, cycles or call.

    `never`: none of `left` imports one of `right`. `only`: of all others only `left` import
    `right`. `layers`: `left` from top to bottom. `cycles`: among what is in `left`. `call`: what
    nobody calls is in `right`.
    """

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...] = ()


def wanted(statement: str, targets: tuple[str, ...] = ()) -> Wanted | None:
    """The rule; `targets` are what it is about where the words name nothing."""
    text = " ".join(statement.split())[:LONGEST]
    layers = _layers(text)
    if layers:
        return Wanted("layers", layers)
    if found := _ONLY.search(text):
        return Wanted("only", _names(found[1]), (found[3],))
    if found := _ONLY_BY.search(text):
        return Wanted("only", _names(found[2]), (found[1],))
    if found := _CALLED.search(text):
        return Wanted("call", (), _names(found[1] or f"`{found[3]}`"))
    if found := _NOTHING.search(text) or _NONE_OF.search(text) or _NEVER.search(text):
        return Wanted("never", (found[1],), _names(found[2]))
    if _CYCLES.search(text):
        return Wanted("cycles", _names(text) or targets)
    return None


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.strip().removesuffix("()") for span in _SPAN.findall(text)))


def _layers(text: str) -> tuple[str, ...]:
    """``a` > `b` > `c``, also in one code span; or a list behind the word layers."""
    for span in _SPAN.findall(text):
        parts = tuple(part.strip() for part in _LAYER_SPAN.split(span))
        if len(parts) > 1 and all(parts):
            return parts
    found = _LAYERS.search(text)
    if found:
        return _names(found.group())
    names = _names(text)
    return names if re.search(r"\blayers?\b", text, re.I) and len(names) > 1 else ()
