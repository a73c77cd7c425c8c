"""Gherkin: features and their scenarios, read when asked for."""

from __future__ import annotations

from adr_lsp.sources import coarse
from adr_lsp.sources.language import Language
from adr_lsp.sources.model import Source

_SUFFIXES = (".feature",)


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.gherkin.reading import read

    return read(path, raw, prefixes)


GHERKIN = Language(
    "gherkin",
    _SUFFIXES,
    _read,
    coarse.what_changed,
    coarse.definition_digest,
    coarse.vacuity,
    coarse.around,
)
