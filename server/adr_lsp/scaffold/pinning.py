"""In which language a counterexample is pinned: that of the test that found it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold.language import SUFFIXES
from adr_lsp.scaffold.model import Refusal
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit

Pinned = tuple[Edit, ...] | Refusal


def pinned(
    snapshot: Snapshot, test_path: str, test_name: str, counterexample: Counterexample
) -> Pinned:
    """The edits, or why there are none."""
    language = SUFFIXES.get(posixpath.splitext(test_path)[1])
    if language is None:
        return Refusal(f"there is no way yet to pin a counterexample in `{test_path}`")
    return _pinner(language)(snapshot, test_path, test_name, counterexample)


def _pinner(language: str) -> Callable[[Snapshot, str, str, Counterexample], Pinned]:
    """Each language is imported when something is pinned in it."""
    if language == "typescript":
        from adr_lsp.scaffold.typescript.pinning import pinned as typescript

        return typescript
    if language == "rust":
        from adr_lsp.scaffold.rust.pinning import pinned as rust

        return rust
    from adr_lsp.scaffold.python.pinning import pinned as python

    return python


def beside(snapshot: Snapshot, test_path: str) -> str:
    """What there is to do besides; empty if nothing."""
    if SUFFIXES.get(posixpath.splitext(test_path)[1]) != "rust":
        return ""
    from adr_lsp.scaffold.rust.regressions import kept

    return kept(snapshot.tree, test_path).removeprefix("; ")
