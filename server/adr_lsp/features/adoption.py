"""What a root that does not use adr-lsp yet is spared: more than one finding in a file."""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.selection import CRASHED
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Range


def untouched(snapshot: Snapshot) -> bool:
    """No configuration, nothing selected, no baseline, no declared id and no reference to one."""
    if untouched not in snapshot.memo:
        snapshot.memo[untouched] = _untouched(snapshot)
    found: bool = snapshot.memo[untouched]
    return found


def _untouched(snapshot: Snapshot) -> bool:
    config = snapshot.config
    if config.path is not None or config.select or snapshot.references.by_path:
        return False
    if snapshot.log.declaring:
        return False
    return bool(config.baseline) and snapshot.tree.read(config.baseline) is None


def hold_back(found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Of sorted findings the gravest of each file, the first of several; and all others."""
    gravest: dict[str, Diagnostic] = {}
    everything = list(found)
    for each in everything:
        first = gravest.setdefault(each.path, each)
        if _weight(each) < _weight(first):
            gravest[each.path] = each
    told = [each for each in everything if gravest[each.path] is each]
    return told, [each for each in everything if gravest[each.path] is not each]


def _weight(each: Diagnostic) -> tuple[bool, int, Range]:
    return each.code != CRASHED, each.severity.rank, each.range
