"""What adr-lsp asks of a programming language; each language answers in a package of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from typing import Any

from adr_lsp.sources import coarse
from adr_lsp.sources.change import Change, Covered, Memo, Read
from adr_lsp.sources.model import Source
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language as a value: its name, its files, and the functions that read them.

    `read` takes path, bytes and id prefixes; `what_changed` a test's path and name, old and
    present bytes, the stored paths and the covered lines; `definition_digest` path, bytes and
    test name; `vacuity` path, name, bytes, paths, the invariant's pattern and a memo. `around`
    gives the paths of files that act on the tests of a file, if they are there, without import.
    `surely_changed` is a quick look, at less than `what_changed` takes: True only where that finds
    something. A language whose definitions are not told apart leaves out all but `read`.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[str, bytes, tuple[str, ...]], Source]
    what_changed: Callable[
        [str, str, Read, Read, Collection[str], Covered | None], tuple[Change, ...]
    ] = coarse.what_changed
    definition_digest: Callable[[str, bytes, str], str | None] = coarse.definition_digest
    vacuity: Callable[[str, str, Read, Collection[str], str | None, Memo], str | None] = (
        coarse.vacuity
    )
    around: Callable[[str], Iterable[str]] = coarse.around
    surely_changed: Callable[[str, str, Read, Read, Collection[str], Covered | None], bool] = (
        lambda *_: False
    )


def later(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported when it is first called: a check loads no parser of
    a language that it does not meet."""

    def call(*given: Any) -> Any:
        return getattr(import_module(module), name)(*given)

    return call
