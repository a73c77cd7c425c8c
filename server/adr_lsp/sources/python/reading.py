"""Reads one Python file: its tests and its references."""

from __future__ import annotations

from adr_lsp.sources.code import Code
from adr_lsp.sources.hint import might_refer, might_scaffold
from adr_lsp.sources.model import Source
from adr_lsp.sources.python.collecting import collect
from adr_lsp.sources.python.comments import Comments, comments
from adr_lsp.sources.python.references import references
from adr_lsp.sources.python.scaffolded import marked


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    """The file's tests, and every place in it that names an invariant or a record."""
    code = Code(raw, "python")
    found = collect(path, code)
    referring = might_refer(raw, prefixes)
    said = comments(code) if referring or might_scaffold(raw) else Comments()
    named = references(found, said, prefixes) if referring else ()
    return Source(path, "python", code.content, marked(found, said), named)
