"""Reads one feature: its scenarios and its references."""

from __future__ import annotations

from adr_lsp.sources.code import Code
from adr_lsp.sources.gherkin.collecting import outline
from adr_lsp.sources.model import Source
from adr_lsp.sources.outlined import source


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    """The file's scenarios, and every place in it that names an invariant or a record."""
    return source(path, "gherkin", outline(Code(raw, "")), prefixes)
