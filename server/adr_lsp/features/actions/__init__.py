"""Code actions: one kind of action per module, each yielding what fits the place."""

from __future__ import annotations

from adr_lsp.features.actions import (
    assign_id,
    declare_none,
    fix,
    insert_section,
    link_test,
    mend_reference,
    pin,
    promote,
    suppress,
    waive,
    write_scaffold,
)
from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.diagnostics import for_document
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range

KINDS = (
    fix,
    mend_reference,
    write_scaffold,
    pin,
    insert_section,
    assign_id,
    declare_none,
    promote,
    link_test,
    waive,
    suppress,
)


def code_actions(snapshot: Snapshot, path: str, range: Range) -> list[Action]:
    """What can be done at a place, the most fitting first."""
    touching = (f for f in for_document(snapshot, path) if _shares_a_line(f.range, range))
    asked = Asked(snapshot, path, range, tuple(touching))
    return [action for kind in KINDS for action in kind.actions(asked)]


def _shares_a_line(one: Range, other: Range) -> bool:
    return one.start.line <= other.end.line and other.start.line <= one.end.line


__all__ = ["Action", "code_actions"]
