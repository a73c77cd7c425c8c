"""Where each contract or rule stands in the file that configures its tool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.sources.places import Mark, Place

METHOD = "static"
_TABLE = re.compile(rb"^[ \t]*\[\[[ \t]*tool\.importlinter\.contracts[ \t]*\]\]", re.MULTILINE)
_HEADER = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_SECTION = re.compile(rb"^\[importlinter:contract:([^\]\n]+)\]", re.MULTILINE)
_NAMED = re.compile(
    rb"^[ \t]*name[ \t]*=[ \t]*(\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\n]*)", re.MULTILINE
)
_VALUE = re.compile(rb"\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*[\s\S]*?\*/|[{}\[\]]")
_NAME_KEY = re.compile(rb"\"name\"\s*:\s*(\"(?:[^\"\\]|\\.)*\")")
_VERIFIES = re.compile(rb"verifies\s*:\s*([^\";]*)", re.IGNORECASE)
_COMMENT_LINE = re.compile(rb"[ \t]*(?:#[^\n]*)?\r?\n?")


def places(path: str, data: bytes) -> list[Place]:
    """The contracts of a `pyproject.toml` or an `.importlinter`, the rules of a JSON file."""
    if path.endswith(".json"):
        return list(_json(data))
    heads = list((_TABLE if path.endswith(".toml") else _SECTION).finditer(data))
    return [place for head in heads if (place := _contract(data, head))]


def _contract(data: bytes, head: re.Match[bytes]) -> Place | None:
    """From its header to its last line: comments above the next header are that one's."""
    following = _HEADER.search(data, head.end())
    end = _without_comments(data, head.end(), following.start() if following else len(data))
    named = _NAMED.search(data, head.end(), end)
    if named is None:
        return None
    title = _text(named[1])
    return Place(head.start(), head.end(), end, named.span(1), title, METHOD)


def _without_comments(data: bytes, start: int, end: int) -> int:
    lines = data[start:end].splitlines(keepends=True)
    while lines and _COMMENT_LINE.fullmatch(lines[-1]):
        end -= len(lines.pop())
    return end


def _json(data: bytes) -> Iterator[Place]:
    """Every object that stands in a list and has a name."""
    open_ones: list[tuple[bytes, int]] = []
    for token in _VALUE.finditer(data):
        sign = token.group()
        if sign in b"{[":
            open_ones.append((sign, token.start()))
        elif sign in (b"}", b"]") and open_ones:
            opened, start = open_ones.pop()
            rule = opened == b"{" and len(open_ones) == 2 and open_ones[-1][0] == b"["
            named = _NAME_KEY.search(data, start, token.end()) if rule else None
            if named:
                marks = tuple(
                    Mark(*found.span(1), "marker")
                    for found in _VERIFIES.finditer(data, start, token.end())
                )
                title = _text(named[1])
                yield Place(start, start + 1, token.end(), named.span(1), title, METHOD, "", marks)


def _text(written: bytes) -> str:
    """A name without its quotation marks."""
    text = written.strip().decode("utf-8", "replace")
    if text[:1] in "\"'" and text[-1:] == text[:1] and len(text) > 1:
        inner = text[1:-1]
        return re.sub(r"\\(.)", r"\1", inner) if text[0] == '"' else inner
    return text
