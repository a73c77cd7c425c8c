"""What adr-lsp asks of a programming language; each language answers in a package of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from adr_lsp.sources.change import Change, Read
from adr_lsp.sources.model import Source
from adr_lsp.value import dataclass

Covered = Mapping[str, Collection[int]]


@dataclass(frozen=True, slots=True)
class Language:
    """One language as a value: its name, its files, and the functions that read them.

    `read` takes path, bytes and id prefixes; `what_changed` a test's path and name, old and
    present bytes, the stored paths and the covered lines; `definition_digest` path, bytes and
    test name; `vacuity` path, name, bytes, paths and the invariant's pattern. `around` gives the
    paths of files that act on the tests of a file, if they are there, without being imported.
    `surely_changed` is a quick look, at less than `what_changed` takes: True only where that finds
    something.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes, tuple[str, ...]], Source]
    what_changed: Callable[
        [str, str, Read, Read, Collection[str], Covered | None], tuple[Change, ...]
    ]
    definition_digest: Callable[[str, bytes, str], str | None]
    vacuity: Callable[[str, str, Read, Collection[str], str | None], str | None]
    around: Callable[[str], Iterable[str]]
    surely_changed: Callable[[str, str, Read, Read, Collection[str], Covered | None], bool] = (
        lambda *_: False
    )
