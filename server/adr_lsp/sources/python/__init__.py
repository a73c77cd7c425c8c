"""Python, as pytest runs it. What parses is imported once it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.language import Covered, Language
from adr_lsp.sources.model import Source


def _read(path: str, raw: bytes, prefixes: tuple[str, ...]) -> Source:
    from adr_lsp.sources.python.reading import read

    return read(path, raw, prefixes)


def _what_changed(
    path: str, name: str, old: Read, new: Read, files: Collection[str], covered: Covered | None
) -> tuple[Change, ...]:
    from adr_lsp.sources.python.changing import what_changed

    return what_changed(path, name, old, new, files, covered)


def _definition_digest(path: str, raw: bytes, name: str) -> str | None:
    from adr_lsp.sources.python.changing import definition_digest

    return definition_digest(path, raw, name)


def _vacuity(
    path: str, name: str, read: Read, files: Collection[str], pattern: str | None
) -> str | None:
    from adr_lsp.sources.python.vacuous import vacuity

    return vacuity(path, name, read, files, pattern)


def _around(path: str) -> Iterable[str]:
    from adr_lsp.sources.python.fixtures import conftests

    return conftests(path)


def _surely_changed(
    path: str, name: str, old: Read, new: Read, files: Collection[str], covered: Covered | None
) -> bool:
    from adr_lsp.sources.python.surely import surely_changed

    return surely_changed(path, name, old, new, files, covered)


PYTHON = Language(
    "python",
    (".py",),
    _read,
    _what_changed,
    _definition_digest,
    _vacuity,
    _around,
    _surely_changed,
)
