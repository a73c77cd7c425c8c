"""One record takes the place of another: both say so, and each invariant has its fate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from adr_lsp.features.actions.ids import next_id
from adr_lsp.features.actions.promote import declaration
from adr_lsp.features.actions.sub_item import sub_item
from adr_lsp.features.authoring.carried import carried as carried_over
from adr_lsp.features.authoring.carried import form_of
from adr_lsp.features.authoring.carried_references import renamed_references
from adr_lsp.features.authoring.naming import name_from
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.relation import relation_edit, relative_link
from adr_lsp.features.authoring.status_line import in_front_matter, status_edit
from adr_lsp.record import Form, Invariant, Record, parse
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Position, Range, apply_edits


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
    edits += _declared(snapshot, old, new, carried)
    if not _declares_all(snapshot, new, [edit for edit in edits if edit], carried):
        return Refusal(
            f"{snapshot.log.key(new)} would not declare what is carried over: {new.path}"
        )
    edits += renamed_references(snapshot, old, new, carried)
    return Change(tuple(edit for edit in edits if edit is not None))


def undecided(old: Record, fates: Mapping[str, Fate]) -> list[Invariant]:
    """The invariants of a record that is superseded, about which nothing was said: neither now
    nor before, when one of them alone was superseded."""
    told = {i.id for i in old.invariants if i.superseded_by} | set(fates)
    return [i for i in old.invariants if i.id is not None and i.id not in told]


def _refused(
    snapshot: Snapshot, old: Record, new: Record, fates: Mapping[str, Fate]
) -> Refusal | None:
    key = snapshot.log.key(old)
    if old.path == new.path:
        return Refusal(f"{key} cannot supersede itself")
    for record, so_far in ((old, " already"), (new, "")):
        if record.status.retired:
            return Refusal(f"{snapshot.log.key(record)} is {record.status}{so_far}")
    unknown = [id for id in fates if old.invariant(id) is None]
    if unknown:
        return Refusal(f"{key} declares no {', '.join(unknown)}")
    rows = (
        [id for id in fates if _says_nothing_more(old, id)] if Fate.KEEP in fates.values() else []
    )
    gone = ", ".join(id for id in rows if fates[id] is not Fate.KEEP)
    if gone:
        return Refusal(f"{gone}: a table's row has no place for what supersedes it alone")
    if new.names_none and Fate.CARRY in fates.values():
        return Refusal(f"{snapshot.log.key(new)} says that it has no invariants")
    left = ", ".join(invariant.id or "" for invariant in undecided(old, fates))
    if left:
        return Refusal(f"say for each invariant of {key} whether to carry, drop or keep it: {left}")
    return None


def _says_nothing_more(old: Record, id: str) -> bool:
    invariant = old.invariant(id)
    return invariant is not None and invariant.extension is None


def _new_ids(
    snapshot: Snapshot, old: Record, new: Record, fates: Mapping[str, Fate]
) -> dict[str, str]:
    """The id that each carried invariant has in the successor: its own where that is free."""
    blank = _placeholder(new)
    taken = {invariant.id for invariant in new.invariants if invariant is not blank}
    ids: dict[str, str] = {}
    after = 0
    for invariant in old.invariants:
        id = invariant.id
        if id is None or fates.get(id) is not Fate.CARRY or id in ids:
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
    key = name_from(snapshot, new, old.path)
    return f"Superseded by {key if in_front_matter(old) else relative_link(key, old, new)}"


def _retired(
    snapshot: Snapshot,
    old: Record,
    new: Record,
    fates: Mapping[str, Fate],
    carried: Mapping[str, str],
) -> Iterator[Edit | None]:
    """What each invariant says that a record in force promises no more."""
    key = name_from(snapshot, new, old.path)
    for invariant in old.invariants:
        id = invariant.id or ""
        if fates.get(id, Fate.KEEP) is not Fate.KEEP:
            target = f"{key}/{carried[id]}" if id in carried else key
            yield sub_item(old, invariant, f"Superseded by: {target}")


def _declared(
    snapshot: Snapshot, old: Record, new: Record, carried: Mapping[str, str]
) -> Iterator[Edit]:
    """One edit for all declarations; they stand as the successor's own do."""
    invariants = [i for i in map(old.invariant, carried) if i]
    if not invariants:
        return
    form = form_of(invariants[0], new)
    blocks = [
        carried_over(snapshot, old, invariant, new, carried[invariant.id or ""], form)
        for invariant in invariants
    ]
    end = new.text.line_end
    last, blank = _last(new), _placeholder(new)
    if blank and form is Form.ITEM:
        line = blank.range.end.line
        whole = Range(blank.range.start, Position(line, len(new.text.line(line))))
        yield Edit(new.path, whole, end.join(blocks))
    elif form is Form.ITEM or last is None:
        yield declaration(new, (end if form is Form.ITEM else end * 2).join(blocks))
    else:
        lead = "".join(end * 2 + block for block in blocks)
        yield Edit(new.path, Range(last.range.end, last.range.end), lead)


def _placeholder(new: Record) -> Invariant | None:
    """The item that a template put there for somebody to fill in."""
    return next(
        (
            i
            for i in new.invariants
            if i.form is Form.ITEM and not (i.statement or i.targets or i.verified_by)
        ),
        None,
    )


def _last(new: Record) -> Invariant | None:
    """The last invariant of the section that the successor has for them."""
    if not new.invariant_sections:
        return None
    body = new.invariant_sections[0].section.body
    return next((i for i in reversed(new.invariants) if body.contains(i.range.start)), None)


def _declares_all(
    snapshot: Snapshot, new: Record, edits: list[Edit], carried: Mapping[str, str]
) -> bool:
    """Whether the successor, once edited, is read as declaring each of them."""
    content = apply_edits(new.text.content, [edit for edit in edits if edit.path == new.path])
    read = parse(new.path, content.encode(), log=new.log, prefixes=snapshot.config.prefixes)
    return all(read.invariant(id) for id in carried.values())
