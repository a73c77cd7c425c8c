"""One record takes the place of another: both say so, and each invariant has its fate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from adr_lsp.features.actions.ids import next_id
from adr_lsp.features.actions.promote import declaration
from adr_lsp.features.actions.sub_item import sub_item
from adr_lsp.features.authoring.carried import carried_item, rewritten
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.relation import relation_edit, relative_link
from adr_lsp.features.authoring.status_line import in_front_matter, status_edit
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit


class Fate(StrEnum):
    """`carry`: the successor declares it, and its tests follow. `drop`: it is promised no more.
    `keep`: it stays where it is, and the record in force with it."""

    CARRY = "carry"
    DROP = "drop"
    KEEP = "keep"


def supersede(
    snapshot: Snapshot, old: Record, new: Record, fates: Mapping[str, Fate]
) -> Change | Refusal:
    """Both records' edits, and those of every reference to an invariant that is carried over."""
    refusal = _refused(snapshot, old, new, fates)
    if refusal:
        return refusal
    partial = Fate.KEEP in fates.values()
    carried = _new_ids(snapshot, old, new, fates)
    edits = [relation_edit(snapshot, new, old, partial=partial)]
    edits += _retired(snapshot, old, new, fates, carried) if partial else []
    if not partial:
        edits.append(status_edit(snapshot, old, _status(snapshot, old, new)))
    items = [
        carried_item(snapshot, old, invariant, new, carried[invariant.id])
        for invariant in old.invariants
        if invariant.id in carried
    ]
    if items:
        edits.append(_declared(new, items))
    edits += rewritten(snapshot, old, new, carried)
    return Change(tuple(edit for edit in edits if edit is not None))


def undecided(old: Record, fates: Mapping[str, Fate]) -> list[Invariant]:
    """The invariants of a record that is superseded, about which nothing was said."""
    return [i for i in old.invariants if i.id is not None and i.id not in fates]


def _refused(
    snapshot: Snapshot, old: Record, new: Record, fates: Mapping[str, Fate]
) -> Refusal | None:
    key = snapshot.log.key(old)
    if old.path == new.path:
        return Refusal(f"{key} cannot supersede itself")
    if old.status.retired:
        return Refusal(f"{key} is {old.status} already")
    unknown = [id for id in fates if old.invariant(id) is None]
    if unknown:
        return Refusal(f"{key} declares no {', '.join(unknown)}")
    left = ", ".join(invariant.id or "" for invariant in undecided(old, fates))
    if left:
        return Refusal(f"say for each invariant of {key} whether to carry, drop or keep it: {left}")
    return None


def _new_ids(
    snapshot: Snapshot, old: Record, new: Record, fates: Mapping[str, Fate]
) -> dict[str, str]:
    """The id that each carried invariant has in the successor: its own where that is free."""
    taken = {invariant.id for invariant in new.invariants}
    ids: dict[str, str] = {}
    after = 0
    for invariant in old.invariants:
        id = invariant.id
        if id is None or fates[id] is not Fate.CARRY:
            continue
        if id in taken:
            id = next_id(snapshot, new, after)
            while id in taken:
                after += 1
                id = next_id(snapshot, new, after)
        taken.add(id)
        ids[invariant.id or ""] = id
    return ids


def _status(snapshot: Snapshot, old: Record, new: Record) -> str:
    key = snapshot.log.key(new)
    return f"Superseded by {key if in_front_matter(old) else relative_link(key, old, new)}"


def _retired(
    snapshot: Snapshot,
    old: Record,
    new: Record,
    fates: Mapping[str, Fate],
    carried: Mapping[str, str],
) -> Iterator[Edit | None]:
    """What each invariant says that a record in force promises no more."""
    key = snapshot.log.key(new)
    for invariant in old.invariants:
        id = invariant.id or ""
        if id and fates[id] is not Fate.KEEP:
            target = f"{key}/{carried[id]}" if id in carried else key
            yield sub_item(old, invariant, f"Superseded by: {target}")


def _declared(new: Record, items: list[str]) -> Edit:
    return declaration(new, new.text.line_end.join(items))
