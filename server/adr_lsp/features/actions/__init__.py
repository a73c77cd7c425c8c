"""Code actions: one kind of action per module, each yielding what fits the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from adr_lsp.features.actions import (
    assign_id,
    declare_none,
    fix,
    fix_all,
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

AT_A_PLACE = ("quickfix", "refactor")
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


def code_actions(
    snapshot: Snapshot,
    path: str,
    range: Range,
    *,
    only: Sequence[str] = AT_A_PLACE,
    defers: bool = False,
) -> list[Action]:
    """What can be done at a place, the most fitting first; of the kinds `only`, which are a tree
    by dots. What concerns the whole document is there for those who ask for it. Where it `defers`,
    scaffolds are made when they are chosen.
    """
    touching = (f for f in for_document(snapshot, path) if _shares_a_line(f.range, range))
    asked = Asked(snapshot, path, range, tuple(touching), defers)
    kinds = (*KINDS, fix_all) if _among(fix_all.KIND, only) else KINDS
    found = (action for kind in kinds for action in kind.actions(asked))
    return _each_once(action for action in found if _among(action.kind, only))


def _each_once(found: Iterable[Action]) -> list[Action]:
    """What would be done twice in the same way is one action, for all that it mends."""
    kept: dict[object, Action] = {}
    for action in found:
        key = action.title, action.edits, action.later
        same = kept.get(key)
        mends = (*same.mends, *action.mends) if same else action.mends
        kept[key] = replace(same or action, mends=tuple(dict.fromkeys(mends)))
    return list(kept.values())


def _among(kind: str, only: Sequence[str]) -> bool:
    """`quickfix` means all below it, the empty kind everything."""
    return any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


def _shares_a_line(one: Range, other: Range) -> bool:
    return one.start.line <= other.end.line and other.start.line <= one.end.line


__all__ = ["Action", "code_actions"]
