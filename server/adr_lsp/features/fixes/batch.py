"""Fixes that can be made at once: none touches what another one does, no statement changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from adr_lsp.features.fixes.fix import Fix
from adr_lsp.record import Record, parse
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Position, apply_edits, decode


def batch(snapshot: Snapshot, fixes: Iterable[Fix]) -> list[Fix]:
    """As many of the fixes as go together; the others are for another time. Those that make the
    same edits as another one are in."""
    ordered = sorted((fix for fix in fixes if _can_be_written(snapshot, fix)), key=_first)
    kept: list[Fix] = []
    for _, mine in groupby(ordered, key=lambda fix: fix.change.edits[0].path):
        kept += _keeping_statements(snapshot, _apart(list(mine)))
    return kept


def change_of(fixes: Iterable[Fix]) -> Change:
    """All their edits, each of them once."""
    return Change(tuple(dict.fromkeys(edit for fix in fixes for edit in fix.change.edits)))


def _first(fix: Fix) -> tuple[str, Position, str]:
    edit = fix.change.edits[0]
    return edit.path, edit.range.start, fix.mends.code


def _can_be_written(snapshot: Snapshot, fix: Fix) -> bool:
    """Bytes that are no UTF-8 would be lost."""
    raws = (snapshot.tree.read(path) for path in fix.change.paths)
    return all(raw is not None and decode(raw)[1] is None for raw in raws)


def _apart(fixes: list[Fix]) -> list[Fix]:
    """The first of those that meet, in the order of their places."""
    kept: list[Fix] = []
    last: Edit | None = None
    for fix in fixes:
        same = kept and kept[-1].change == fix.change
        if same or last is None or last.range.end < fix.change.edits[0].range.start:
            kept.append(fix)
            last = fix.change.edits[-1]
    return kept


def _keeping_statements(snapshot: Snapshot, fixes: list[Fix]) -> list[Fix]:
    """Those that leave every statement of the record as it is: all, or one by one."""
    record = snapshot.log.records.get(fixes[0].change.edits[0].path)
    if record is None or keeps_statements(snapshot, record, fixes):
        return fixes
    return [fix for fix in fixes if keeps_statements(snapshot, record, [fix])]


def keeps_statements(snapshot: Snapshot, record: Record, fixes: list[Fix]) -> bool:
    """Whether every invariant of the record says the same after these fixes of it."""
    content = apply_edits(record.text.content, list(change_of(fixes).edits))
    raw = content.encode("utf-8", "replace")
    after = parse(record.path, raw, log=record.log, prefixes=snapshot.config.prefixes)
    return list(_said(after)) == list(_said(record))


def _said(record: Record) -> Iterator[str]:
    return (invariant.statement for invariant in record.invariants)
