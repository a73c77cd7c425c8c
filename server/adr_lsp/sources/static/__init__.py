"""Rules about the structure of code: contracts of import-linter, rules of dependency-cruiser.

Each contract and each rule is a test of its file. A rule of ast-grep is a file of its own, which
is read as any file of YAML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.language import Covered, Language
from adr_lsp.sources.model import Source

METHOD = "static"
NAMES = (
    "pyproject.toml",
    ".importlinter",
    ".dependency-cruiser.json",
    ".dependency-cruiser.adr.json",
)


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.static.reading import read

    return read(path, raw, prefixes)


def _what_changed(
    path: str, name: str, old: Read, new: Read, files: Collection[str], _covered: Covered | None
) -> tuple[Change, ...]:
    from adr_lsp.sources.static.changing import what_changed

    return what_changed(path, name, old, new, files)


def _definition_digest(path: str, raw: bytes, name: str) -> str | None:
    from adr_lsp.sources.static.changing import definition_digest

    return definition_digest(path, raw, name)


def _vacuity(
    _path: str, _name: str, _read: Read, _files: Collection[str], _pattern: str | None
) -> str | None:
    """A rule that is about nothing there is, its tool reports."""
    return None


def _around(_path: str) -> Iterable[str]:
    return ()


STATIC = Language(METHOD, NAMES, _read, _what_changed, _definition_digest, _vacuity, _around)
