"""Of all that was found, one edit for each place: the first one found holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from adr_lsp.features.renaming.model import Renaming, Unclear
from adr_lsp.text import Change, Edit, Position, Range


def settled(found: Iterable[Edit | Unclear]) -> Renaming:
    """The edits in the order of their files and places; none overlaps another one."""
    taken: dict[str, list[tuple[Position, Position]]] = {}
    edits: list[Edit] = []
    unclear: dict[tuple[str, Range], Unclear] = {}
    for each in found:
        if isinstance(each, Unclear):
            unclear.setdefault((each.path, each.range), each)
        elif _take(taken.setdefault(each.path, []), each.range):
            edits.append(each)
    edits.sort(key=lambda edit: (edit.path, edit.range))
    left = (u for u in unclear.values() if not _covered(taken.get(u.path, []), u.range))
    return Renaming(
        Change(tuple(edits)), tuple(sorted(left, key=lambda u: (u.path, u.range, u.name)))
    )


def _take(taken: list[tuple[Position, Position]], place: Range) -> bool:
    at = bisect_left(taken, (place.start, place.end))
    if at < len(taken) and (taken[at][0] < place.end or taken[at] == (place.start, place.end)):
        return False
    if at and place.start < taken[at - 1][1]:
        return False
    taken.insert(at, (place.start, place.end))
    return True


def _covered(taken: list[tuple[Position, Position]], place: Range) -> bool:
    """Whether an edit changes the place after all."""
    return place.start < place.end and not _take(list(taken), place)
