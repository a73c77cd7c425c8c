"""Gives a record another status, where and as its log writes it."""

from __future__ import annotations

import re
from collections import Counter

from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.record import Record, Status
from adr_lsp.record.status import status_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Change, Edit, Position, Range

KNOWN = tuple(s.value for s in Status if s not in (Status.OTHER, Status.NONE))
_WORD = re.compile(r"[^\W\d_]+")
_FRONT_END = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n)*?(?=---)")


def set_status(snapshot: Snapshot, record: Record, status: str) -> Change | Refusal:
    """Replace the status, or add one in the form that the log's other records have."""
    status = " ".join(status.split())
    if status_of(status) in (Status.OTHER, Status.NONE):
        return Refusal(f"`{status}` is no status that is known; known are {', '.join(KNOWN)}")
    return Change((status_edit(snapshot, record, status),))


def status_edit(snapshot: Snapshot, record: Record, status: str) -> Edit:
    if record.status_range != NOWHERE:
        return Edit(record.path, record.status_range, worded(status, record.status_text))
    sibling = _sibling(snapshot, record)
    if sibling is None:
        return _section(record, status[:1].upper() + status[1:])
    value = worded(status, sibling.status_text)
    line = field_line(sibling)
    if in_front_matter(sibling):
        return _front_field(record, value)
    return _field(record, line, value) if line else _section(record, value)


def worded(status: str, like: str) -> str:
    """The first word in the case of another value's first word."""
    shown = _WORD.search(like)
    first, *rest = status.split(" ", 1)
    if shown and shown.group().isupper() and len(shown.group()) > 1:
        first = first.upper()
    elif not shown or shown.group()[0].isupper():
        first = first[:1].upper() + first[1:]
    return " ".join([first, *rest])


def _sibling(snapshot: Snapshot, record: Record) -> Record | None:
    """A record of the same log whose status stands where most of them have it."""
    others = [
        other
        for other in snapshot.log
        if other.log == record.log and other.path != record.path and other.status_text
    ]
    if not others:
        return None
    forms = Counter(_form(other) for other in others)
    usual = forms.most_common(1)[0][0]
    return next(other for other in reversed(others) if _form(other) == usual)


def _form(record: Record) -> str:
    if in_front_matter(record):
        return "front matter"
    return "field" if field_line(record) else "section"


def in_front_matter(record: Record) -> bool:
    """Whether the status stands there."""
    front = _FRONT_END.match(record.text.content)
    return bool(front) and record.text.offset(record.status_range.start) < (
        front.end() if front else 0
    )


def field_line(record: Record) -> tuple[str, str] | None:
    """What stands before and behind the value on its line, if the line names it a status."""
    line = record.text.line(record.status_range.start.line)
    before = line[: record.status_range.start.column]
    behind = line[record.status_range.end.column :]
    return (before, behind) if ":" in before and "|" not in before + behind else None


def _front_field(record: Record, value: str) -> Edit:
    end = record.text.line_end
    front = _FRONT_END.match(record.text.content)
    if front:
        place = record.text.position(front.end())
        return Edit(record.path, Range(place, place), f"status: {value}{end}")
    return Edit(record.path, NOWHERE, f"---{end}status: {value}{end}---{end}{end}")


def _field(record: Record, line: tuple[str, str], value: str) -> Edit:
    """A line as the sibling has it, below the title."""
    end = record.text.line_end
    return below_title(record, f"{end}{line[0]}{value}{line[1].rstrip()}{end}")


def _section(record: Record, value: str) -> Edit:
    end = record.text.line_end
    return below_title(record, f"{end}## Status{end}{end}{value}{end}")


def below_title(record: Record, block: str) -> Edit:
    """A block of its own below the title, or at the head where there is none."""
    if record.title_range == NOWHERE:
        return Edit(record.path, NOWHERE, block.lstrip() + record.text.line_end)
    line = record.title_range.end.line
    place = Position(line, len(record.text.line(line)))
    last = line + 1 >= record.text.line_count
    text = record.text.line_end + block.rstrip() + (record.text.line_end if last else "")
    return Edit(record.path, Range(place, place), text)
