"""Writes a first test from an invariant: honest about what it does not know yet.

Importing this package is cheap: the template engine and the reader of code load on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adr_lsp.pattern import METHODS, PATTERNS
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.scaffold.wording import suggest_pattern

if TYPE_CHECKING:
    from adr_lsp.evidence.model import Counterexample
    from adr_lsp.record import Invariant, Record
    from adr_lsp.snapshot import Snapshot
    from adr_lsp.text import Edit

__all__ = [
    "METHODS",
    "PATTERNS",
    "Refusal",
    "Scaffold",
    "example_of_failure",
    "pin",
    "scaffold",
    "suggest_pattern",
]


def scaffold(
    snapshot: Snapshot,
    record: Record,
    invariant: Invariant,
    method: str = "property",
    language: str | None = None,
) -> Scaffold | Refusal:
    """The edits that add a test of `invariant` and the link to it, or why there are none.

    Where no language is asked for, it is that of the target, else of the project.
    """
    from adr_lsp.scaffold.writing import write

    asked = ("scaffold", record.path, invariant, method, language)
    if asked not in snapshot.memo:
        snapshot.memo[asked] = write(snapshot, record, invariant, method, language)
    made: Scaffold | Refusal = snapshot.memo[asked]
    return made


def pin(
    snapshot: Snapshot, test_path: str, test_name: str, counterexample: Counterexample
) -> tuple[Edit, ...] | Refusal:
    """The edits that make every run of the test try a counterexample, or why none do: an
    `@example`, one of the `examples` of fast-check, a `#[test]` beside a property of proptest."""
    from adr_lsp.scaffold.pinning import pinned

    return pinned(snapshot, test_path, test_name, counterexample)


def example_of_failure(
    snapshot: Snapshot,
    record: Record,
    invariant: Invariant,
    test_path: str,
    counterexample: Counterexample,
) -> Scaffold | Refusal:
    """The edits that add an example test of the invariant's target with a counterexample's values
    and the link to it, or why there is none."""
    from adr_lsp.scaffold.failed_case import write

    asked = ("case", record.path, invariant, test_path, counterexample.text)
    if asked not in snapshot.memo:
        snapshot.memo[asked] = write(snapshot, record, invariant, test_path, counterexample)
    made: Scaffold | Refusal = snapshot.memo[asked]
    return made
