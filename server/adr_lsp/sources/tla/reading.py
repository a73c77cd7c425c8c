"""Reads one TLA+ module: its operators and its references."""

from __future__ import annotations

from adr_lsp.sources.code import Code
from adr_lsp.sources.model import Source
from adr_lsp.sources.outlined import source
from adr_lsp.sources.tla.collecting import outline


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    """The module's definitions, and every place in it that names an invariant or a record."""
    return source(path, "tla", outline(Code(raw, "")), prefixes, whole="model")
