"""Reads one file: its tests and its references."""

from __future__ import annotations

from adr_lsp.sources.model import Source
from adr_lsp.text import decode


def read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    return Source(path, "typescript", decode(raw)[0])
