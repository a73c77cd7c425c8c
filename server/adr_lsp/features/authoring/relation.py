"""The line with which a record says which one it supersedes."""

from __future__ import annotations

import posixpath

from adr_lsp.features.authoring.status_line import below_title, field_line, in_front_matter
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Edit, Position, Range


def relation_edit(
    snapshot: Snapshot, new: Record, old: Record, *, partial: bool = False
) -> Edit | None:
    """`Supersedes: …` beside the status, in the form that the status has; None if it is said."""
    said = (snapshot.log.resolve(s.key, None, new.path).record for s in new.supersedes)
    if any(record is old for record in said):
        return None
    key = snapshot.log.key(old)
    end = new.text.line_end
    if in_front_matter(new):
        return _below_status(new, f"{end}{_label(partial).lower().replace(' ', '-')}: {key}")
    link = relative_link(key, new, old)
    line = field_line(new)
    if line is not None:
        mark = line[0][: len(line[0]) - len(line[0].lstrip("*-+> \t"))]
        return _below_status(new, f"{end}{mark}{_label(partial)}: {link}")
    if new.status_range != NOWHERE:
        return _below_status(new, f"{end}{end}{_label(partial)} {link}")
    return below_title(new, f"{end}{_label(partial)}: {link}{end}")


def relative_link(words: str, here: Record, there: Record) -> str:
    """A link from one record to another."""
    target = posixpath.relpath(there.path, posixpath.dirname(here.path) or ".")
    target = f"<{target}>" if any(sign in target for sign in " ()") else target
    return f"[{words}]({target})"


def _label(partial: bool) -> str:
    return "Partially supersedes" if partial else "Supersedes"


def _below_status(record: Record, text: str) -> Edit:
    line = record.status_range.end.line
    place = Position(line, len(record.text.line(line)))
    return Edit(record.path, Range(place, place), text)
