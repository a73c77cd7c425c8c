"""A new record in its log's own style, with a place for its first invariant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from adr_lsp.features.actions.insert_section import place as section_place
from adr_lsp.features.actions.insert_section import section_text
from adr_lsp.features.authoring.empty_status import in_empty_place
from adr_lsp.features.authoring.filling import Wanted, filled
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.skeleton import skeleton
from adr_lsp.features.authoring.status_line import status_edit
from adr_lsp.features.authoring.style import Style, next_number, style_of
from adr_lsp.features.authoring.template import OURS, template
from adr_lsp.record import Record, Status, parse
from adr_lsp.rules.place import home
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Change, Edit, Range, apply_edits


@dataclass(frozen=True, slots=True)
class NewRecord:
    """Where the record will stand, and the change that writes it."""

    path: str
    change: Change


def new_record(snapshot: Snapshot, title: str, log: str, today: date) -> NewRecord | Refusal:
    """The next record of a log. `log` is a folder, which may have no record yet."""
    title = " ".join(title.split())
    if not title:
        return Refusal("a record needs a title")
    siblings = _siblings(snapshot, log)
    if isinstance(siblings, Refusal):
        return siblings
    folder = home(siblings[0]) if siblings else log
    style = replace(style_of(siblings), folder=folder) if siblings else Style(folder=log)
    number = next_number(_numbered(snapshot, siblings))
    path = style.path(number, title, today)
    if snapshot.tree.exists(path):
        return Refusal(f"{path} exists already")
    begun = template(snapshot, log)
    if isinstance(begun, Refusal):
        return begun
    wanted = Wanted(path, log, number, title, today, style)
    content = filled(begun or skeleton(siblings) or OURS, wanted)
    content = _with_invariants(snapshot, wanted, _with_status(snapshot, wanted, content))
    return NewRecord(path, Change((Edit(path, NOWHERE, content),)))


def _siblings(snapshot: Snapshot, log: str) -> list[Record] | Refusal:
    """The records of the folder itself, else those of the one folder below that has some."""
    below = [r for r in snapshot.log if not log or r.path.startswith(f"{log}/")]
    own = [record for record in below if home(record) == log]
    folders = sorted({home(record) for record in below})
    if not own and len(folders) > 1:
        return Refusal(f"several folders: name one with --log: {', '.join(folders)}")
    return own or below


def _numbered(snapshot: Snapshot, siblings: Sequence[Record]) -> list[Record]:
    """Those with which a new record must share no number: of the whole log, where its folders
    share none either."""
    whole = [r for r in snapshot.log if siblings and r.log == siblings[0].log]
    numbers = {(home(record), record.number) for record in whole if record.number is not None}
    shared = len({number for _, number in numbers}) < len(numbers)
    return list(siblings) if shared else whole


def _with_status(snapshot: Snapshot, wanted: Wanted, content: str) -> str:
    """A record that says no status counts as accepted, which a new one is not: it says that it is
    proposed, unless no record of its log says what it is."""
    read = parse(wanted.path, content.encode(), log=wanted.log)
    if read.status is not Status.NONE:
        return content
    usual = any(r.status_text for r in snapshot.log if r.log == wanted.log)
    edit = in_empty_place(read, "Proposed", in_front="proposed")
    edit = edit or (status_edit(snapshot, read, "proposed") if usual else None)
    return apply_edits(content, [edit]) if edit else content


def _with_invariants(snapshot: Snapshot, wanted: Wanted, content: str) -> str:
    prefixes = snapshot.config.prefixes
    read = parse(wanted.path, content.encode(), log=wanted.log, prefixes=prefixes)
    if read.invariant_sections or read.invariants:
        return content
    position = section_place(read)
    section = section_text(read, f"- **{prefixes[0]}-1**: ")
    return apply_edits(content, [Edit(wanted.path, Range(position, position), section)])
