"""Java, as JUnit and jqwik run it. What parses is imported once it is asked for."""

from __future__ import annotations

from adr_lsp.sources import coarse
from adr_lsp.sources.language import Language
from adr_lsp.sources.model import Source

_SUFFIXES = (".java",)


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.java.reading import read

    return read(path, raw, prefixes)


JAVA = Language(
    "java",
    _SUFFIXES,
    _read,
    coarse.what_changed,
    coarse.definition_digest,
    coarse.vacuity,
    coarse.around,
)
