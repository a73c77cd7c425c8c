"""Go, as `go test` runs it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources import coarse
from adr_lsp.sources.language import Language
from adr_lsp.sources.model import Source

_SUFFIXES = (".go",)


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.go.reading import read

    return read(path, raw, prefixes)


GO = Language(
    "go",
    _SUFFIXES,
    _read,
    coarse.what_changed,
    coarse.definition_digest,
    coarse.vacuity,
    coarse.around,
)
