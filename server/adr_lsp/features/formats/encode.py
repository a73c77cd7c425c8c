"""JSON as we print it: the same bytes as `json.dumps(…, ensure_ascii=False)`, but quickly."""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from adr_lsp.features.formats.escape import safe_json

_line = json.JSONEncoder(ensure_ascii=False).encode


def json_line(value: Any) -> str:
    """One value on one line."""
    return safe_json(_line(value))


def pretty(value: Any) -> str:
    """One value over many lines, as `indent=1` makes them, with a line end."""
    return safe_json(_block(value, "\n")) + "\n"


def _block(value: Any, newline: str) -> str:
    """`newline` is a line end with the indentation of the value.

    Most values are texts, numbers and nothing: those cost no call.
    """
    kind = type(value)
    if kind is not dict and kind is not list:
        return _line(value)
    if not value:
        return "{}" if kind is dict else "[]"
    inner = newline + " "
    parts = []
    for item in value.values() if kind is dict else value:
        type_ = type(item)
        if type_ is str:
            parts.append(_quoted(item))
        elif item is None:
            parts.append("null")
        elif type_ is int:
            parts.append(str(item))
        else:
            parts.append(_block(item, inner))
    if kind is list:
        return f"[{inner}{f',{inner}'.join(parts)}{newline}]"
    members = map("".join, zip(map(_name, value), parts, strict=True))
    return f"{{{inner}{f',{inner}'.join(members)}{newline}}}"


@cache
def _name(key: str) -> str:
    return f"{_quoted(key)}: "
