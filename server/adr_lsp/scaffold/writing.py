"""From an invariant to the edits that write its test: which language, which method."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.pattern import METHODS
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.examples import Example
from adr_lsp.scaffold.language import LANGUAGES, language_for
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.suited import unsuited
from adr_lsp.scaffold.wording import suggest_pattern
from adr_lsp.snapshot import Snapshot

Writer = Callable[
    [Snapshot, Record, Invariant, str | None, str, Example | None], Scaffold | Refusal
]


def write(
    snapshot: Snapshot, record: Record, invariant: Invariant, method: str, language: str | None
) -> Scaffold | Refusal:
    """The whole scaffold, or why there is none."""
    refused = _refused(invariant, method, language)
    if refused:
        return Refusal(refused)
    if method == "static":
        from adr_lsp.scaffold.structure.write import write as structure

        return structure(snapshot, record, invariant, language)
    pattern = invariant.pattern or suggest_pattern(invariant.statement)
    written_in = language or language_for(record, invariant, snapshot.tree.paths())
    return _writer(written_in)(snapshot, record, invariant, pattern, method, None)


def write_case(
    snapshot: Snapshot, record: Record, invariant: Invariant, language: str, case: Example
) -> Scaffold | Refusal:
    """An example test of one case that the record does not tell."""
    refused = _refused(invariant, "example", language)
    if refused:
        return Refusal(refused)
    return _writer(language)(snapshot, record, invariant, None, "example", case)


def _refused(invariant: Invariant, method: str, language: str | None) -> str | None:
    if invariant.id is None:
        return "the invariant has no id yet, so no test can name it"
    if not invariant.statement.strip():
        return "write what must stay true first"
    if method not in METHODS:
        return f"`{method}` is no method; known are {', '.join(METHODS)}"
    if language not in (None, *LANGUAGES):
        return f"there are no scaffolds in `{language}`; there are in {', '.join(LANGUAGES)}"
    return unsuited(invariant.pattern, method)


def _writer(language: str) -> Writer:
    """Each language is imported when something is written in it."""
    if language == "typescript":
        from adr_lsp.scaffold.typescript.write import write as typescript

        return typescript
    if language == "rust":
        from adr_lsp.scaffold.rust.write import write as rust

        return rust
    from adr_lsp.scaffold.python.write import write as python

    return python
