"""Reads a file of contracts or rules; one that has none as any file of its kind."""

from __future__ import annotations

from adr_lsp.sources.code import Code
from adr_lsp.sources.comments import comments
from adr_lsp.sources.model import Source
from adr_lsp.sources.outlined import source
from adr_lsp.sources.places import Outline
from adr_lsp.sources.plain.reading import read as read_plain
from adr_lsp.sources.static.rules import METHOD, places


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    code = Code(raw, "")
    found = places(path, code.data)
    if not found:
        return read_plain(path, raw, prefixes)
    spans = () if path.endswith(".json") else _bytes(path, code.content)
    return source(path, METHOD, Outline(code, found, spans), prefixes)


def _bytes(path: str, content: str) -> list[tuple[int, int]]:
    """Where the comments stand, in bytes."""
    found, at, byte = [], 0, 0
    for start, end in comments(path, content):
        first = byte + len(content[at:start].encode())
        at, byte = end, first + len(content[start:end].encode())
        found.append((first, byte))
    return found
