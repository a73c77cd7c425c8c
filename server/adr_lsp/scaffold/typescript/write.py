"""The whole scaffold of one test in TypeScript."""

from __future__ import annotations

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.model import Refusal, Scaffold
from adr_lsp.snapshot import Snapshot


def write(
    _snapshot: Snapshot, _record: Record, _invariant: Invariant, _pattern: str | None, method: str
) -> Scaffold | Refusal:
    """The edits that write the test and the link to it, or why there are none."""
    return Refusal(f"there is no scaffold for the method `{method}` in TypeScript yet")
