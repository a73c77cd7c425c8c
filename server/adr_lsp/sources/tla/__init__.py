"""TLA+: modules and their operators. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources import coarse
from adr_lsp.sources.language import Language
from adr_lsp.sources.model import Source

_SUFFIXES = (".tla",)


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.tla.reading import read

    return read(path, raw, prefixes)


TLA = Language(
    "tla",
    _SUFFIXES,
    _read,
    coarse.what_changed,
    coarse.definition_digest,
    coarse.vacuity,
    coarse.around,
)
