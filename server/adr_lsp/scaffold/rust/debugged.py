"""What `{:?}` prints of a value, as a tree. Only derived forms and those of the standard library
are read; anything else is no value."""

from __future__ import annotations

import re

from adr_lsp.value import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\\n]|\\.)*")
    |(?P<char>'(?:[^'\\\n]|\\u\{[0-9a-fA-F]+\}|\\.)')
    |(?P<number>-?(?:\d+(?:\.\d+)?(?:e-?\d+)?|inf|NaN)(?!\w))
    |(?P<name>(?:r\#)?[A-Za-z_]\w*)
    |(?P<sign>[()\[\]{},:])
    )""",
    re.VERBOSE,
)
_DEEPEST = 60
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Value:
    """`kind` is `text`, `char`, `number`, `name` (`true`, `None`, a variant), `tuple`, `list`,
    `call` (`Some(1)`), `struct`, `set` or `map`.

    `said` is the source of a simple value, the name of a call or a struct. `parts` are what it is
    made of: of a struct by the `fields`, of a map keys and values in turn.
    """

    kind: str
    said: str = ""
    parts: tuple[Value, ...] = ()
    fields: tuple[str, ...] = ()


class _Unread(Exception):
    """The text is no value."""


def read(text: str) -> Value | None:
    """The value that a text shows; None if it shows none that can be read."""
    try:
        tokens = _tokens(text)
        value, at = _value(tokens, 0, _DEEPEST)
    except _Unread:
        return None
    return value if at == len(tokens) else None


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise _Unread
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


def _value(tokens: list[tuple[str, str]], at: int, deepest: int) -> tuple[Value, int]:
    if at >= len(tokens) or deepest == 0:
        raise _Unread
    kind, said = tokens[at]
    following = tokens[at + 1][1] if at + 1 < len(tokens) else ""
    if kind == "name" and following == "(":
        parts, end = _listed(tokens, at + 1, deepest)
        return Value("call", said, parts), end
    if kind == "name" and following == "{":
        return _struct(tokens, at, deepest)
    if kind != "sign":
        return Value(kind, said), at + 1
    if said == "{":
        return _braces(tokens, at, deepest)
    if said not in _CLOSING:
        raise _Unread
    parts, end = _listed(tokens, at, deepest)
    return Value("tuple" if said == "(" else "list", "", parts), end


def _listed(tokens: list[tuple[str, str]], at: int, deepest: int) -> tuple[tuple[Value, ...], int]:
    """What stands between two brackets, of which the first is at `at`."""
    close = ("sign", _CLOSING[tokens[at][1]])
    at += 1
    parts: list[Value] = []
    while at < len(tokens) and tokens[at] != close:
        part, at = _value(tokens, at, deepest - 1)
        parts.append(part)
        at = _behind_comma(tokens, at, close)
    return tuple(parts), _closed(tokens, at, close)


def _struct(tokens: list[tuple[str, str]], at: int, deepest: int) -> tuple[Value, int]:
    name, close = tokens[at][1], ("sign", "}")
    at += 2
    fields: list[str] = []
    parts: list[Value] = []
    while at < len(tokens) and tokens[at] != close:
        if tokens[at][0] != "name" or tokens[at + 1 : at + 2] != [("sign", ":")]:
            raise _Unread
        fields.append(tokens[at][1])
        part, at = _value(tokens, at + 2, deepest - 1)
        parts.append(part)
        at = _behind_comma(tokens, at, close)
    return Value("struct", name, tuple(parts), tuple(fields)), _closed(tokens, at, close)


def _braces(tokens: list[tuple[str, str]], at: int, deepest: int) -> tuple[Value, int]:
    """A set, or a map; the empty one may be either."""
    close = ("sign", "}")
    at += 1
    parts: list[Value] = []
    pairs = 0
    while at < len(tokens) and tokens[at] != close:
        part, at = _value(tokens, at, deepest - 1)
        parts.append(part)
        if tokens[at : at + 1] == [("sign", ":")]:
            part, at = _value(tokens, at + 1, deepest - 1)
            parts.append(part)
            pairs += 1
        at = _behind_comma(tokens, at, close)
    if pairs and 2 * pairs != len(parts):
        raise _Unread
    return Value("map" if pairs else "set", "", tuple(parts)), _closed(tokens, at, close)


def _behind_comma(tokens: list[tuple[str, str]], at: int, close: tuple[str, str]) -> int:
    if tokens[at : at + 1] == [("sign", ",")]:
        return at + 1
    if tokens[at : at + 1] != [close]:
        raise _Unread
    return at


def _closed(tokens: list[tuple[str, str]], at: int, close: tuple[str, str]) -> int:
    if tokens[at : at + 1] != [close]:
        raise _Unread
    return at + 1
