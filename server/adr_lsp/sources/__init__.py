"""Code: which tests stand in a file, which definitions, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adr_lsp.sources import coarse
from adr_lsp.sources.change import Change, Covered, Memo, Read
from adr_lsp.sources.gherkin import GHERKIN
from adr_lsp.sources.go import GO
from adr_lsp.sources.hint import might_refer
from adr_lsp.sources.java import JAVA
from adr_lsp.sources.language import Language
from adr_lsp.sources.model import Source
from adr_lsp.sources.plain import PLAIN
from adr_lsp.sources.python import PYTHON
from adr_lsp.sources.rust import RUST
from adr_lsp.sources.static import STATIC
from adr_lsp.sources.tla import TLA
from adr_lsp.sources.typescript import TYPESCRIPT

__all__ = [
    "LANGUAGES",
    "SUFFIXES",
    "around",
    "definition_digest",
    "language_of",
    "might_refer",
    "read",
    "surely_changed",
    "vacuity",
    "what_changed",
]

LANGUAGES: tuple[Language, ...] = (PYTHON, TYPESCRIPT, RUST, GO, JAVA, GHERKIN, TLA, STATIC, PLAIN)
# The ends of names that tell a language: suffixes, and whole names such as `Makefile`.
SUFFIXES = {suffix: language for language in LANGUAGES for suffix in language.suffixes}


def language_of(path: str) -> str | None:
    """The name of the language that a file's name says; None for what we cannot read."""
    language = _language(path)
    return language.name if language else None


def read(path: str, raw: bytes, prefixes: tuple[str, ...] = ("INV",)) -> Source | None:
    """A file's tests and references; None for a language that we cannot read."""
    language = _language(path)
    return language.read(path, raw, tuple(prefixes)) if language else None


def what_changed(
    test_path: str,
    test_name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Covered | None,
) -> tuple[Change, ...]:
    """What a test's result rests on and what differs from `old` to `new`; empty if nothing.

    `files` are the paths that the run stored; `covered` the lines, from 1, that ran in the old
    bytes, or None if nobody measured.
    """
    language = _language(test_path)
    if language:
        return language.what_changed(test_path, test_name, old, new, files, covered)
    return coarse.what_changed(test_path, test_name, old, new, files, covered)


def surely_changed(
    test_path: str,
    test_name: str,
    old: Read,
    new: Read,
    files: Collection[str],
    covered: Covered | None,
) -> bool:
    """Whether a quick look is enough to know that `what_changed` finds something.

    `old` gives the bytes of every one of the files.
    """
    language = _language(test_path)
    if language is None:
        return False
    return language.surely_changed(test_path, test_name, old, new, files, covered)


def definition_digest(path: str, raw: bytes, test_name: str) -> str | None:
    """A digest of the test's own definition, equal wherever the same test stands; None if the
    file holds no such test."""
    language = _language(path)
    return language.definition_digest(path, raw, test_name) if language else None


def vacuity(
    test_path: str,
    test_name: str,
    read: Read,
    files: Collection[str],
    *,
    pattern: str | None,
    memo: Memo | None = None,
) -> str | None:
    """Why the test cannot fail; None if it can, or if we cannot say. Who asks about many tests of
    the same bytes and paths gives the same `memo`."""
    language = _language(test_path)
    if language is None:
        return None
    kept: Memo = {} if memo is None else memo
    return language.vacuity(test_path, test_name, read, files, pattern, kept)


def around(test_path: str) -> Iterable[str]:
    """Where a file would stand that acts on a test without being imported: `conftest.py`."""
    language = _language(test_path)
    return language.around(test_path) if language else ()


def _language(path: str) -> Language | None:
    name = path.rpartition("/")[2]
    own = SUFFIXES.get(name)
    return own or SUFFIXES.get(name[name.rfind(".") :] if "." in name else name)
