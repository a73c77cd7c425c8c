"""Reads one file of Rust: its tests and its references."""

from __future__ import annotations

from adr_lsp.sources.code import Code
from adr_lsp.sources.model import Source
from adr_lsp.sources.outlined import source
from adr_lsp.sources.rust.collecting import is_inner, outline


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    """The file's tests, and every place in it that names an invariant or a record."""
    return source(path, "rust", outline(Code(raw, "rust")), prefixes, inner=is_inner)
