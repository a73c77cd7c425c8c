"""Gives a record another status, where and as its log writes it."""

from __future__ import annotations

import re
from collections import Counter

from adr_lsp.features.authoring.empty_status import in_empty_place
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.status_history import listed
from adr_lsp.features.authoring.status_words import as_scalar, rewritten, worded
from adr_lsp.record import Record, Status
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.status import status_of
from adr_lsp.record.yaml_value import texts
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Change, Edit, Position, Range

KNOWN = tuple(s.value for s in Status if s not in (Status.OTHER, Status.NONE))
_WORDS_ALONE = re.compile(r"[^\W\d][\w .-]{0,30}")
_LEAD = re.compile(r"\s*(?:[-*+]\s+)?")
_IN_BADGE = re.compile(r"/badge/[a-z]+[-/]\Z", re.IGNORECASE)


def set_status(snapshot: Snapshot, record: Record, status: str) -> Change | Refusal:
    """Replace the status, or add one in the form that the log's other records have."""
    status = " ".join(status.split())
    if status_of(status) in (Status.OTHER, Status.NONE):
        return Refusal(f"`{status}` is no status that is known; known are {', '.join(KNOWN)}")
    return Change((status_edit(snapshot, record, status),))


def status_edit(snapshot: Snapshot, record: Record, status: str) -> Edit:
    if record.status_range == NOWHERE:
        return _begun(snapshot, record, status)
    if in_front_matter(record):
        return _scalar(record, status)
    today = snapshot.now.astimezone().date()
    siblings = [other for other in snapshot.log if other.log == record.log]
    one_of_several = listed(record, status, today)
    if one_of_several:
        return one_of_several
    written = record.text.between(record.status_range)
    before, behind = _beside(record)
    if _IN_BADGE.search(before):
        return _badge(record, status, written)
    new = rewritten(status, written, today, siblings)
    in_table = before.lstrip().startswith("|") and "|" in behind
    new = new.replace("|", "\\|") if in_table else new
    return Edit(record.path, Range(_from(record), record.status_range.end), new)


def _scalar(record: Record, status: str) -> Edit:
    """The whole value, with its quotes, in place of the words that were read of it."""
    at = record.text.offset(record.status_range.start)
    fields = front_matter(record.text.content).fields
    found = (value for _, whole in fields for value in texts(whole))
    value = next((value for value in found if value.start <= at <= value.end), None)
    place = record.text.range(value.start, value.end) if value else record.status_range
    return Edit(record.path, place, as_scalar(status, record.text.between(place)))


def _from(record: Record) -> Position:
    """Where the status begins: at an earlier one above it, which it overrules and which would
    count again without it."""
    number = above = record.status_range.start.line
    while above and not record.text.line(above - 1).strip():
        above -= 1
    earlier = record.text.line(above - 1) if above else ""
    overruled = _WORDS_ALONE.fullmatch(earlier) and status_of(earlier).value in KNOWN
    if above < number and overruled and _LEAD.fullmatch(_beside(record)[0]):
        return Position(above - 1, 0)
    return record.status_range.start


def _badge(record: Record, status: str, written: str) -> Edit:
    """A badge has place for one word; all of it stands below."""
    first = worded(status.partition(" ")[0], written)
    line = record.status_range.end.line
    _, behind = _beside(record)
    place = Range(record.status_range.start, Position(line, len(record.text.line(line))))
    end = record.text.line_end
    said = f"{end}{end}{status[:1].upper()}{status[1:]}" if " " in status else ""
    return Edit(record.path, place, f"{first}{behind}{said}")


def _begun(snapshot: Snapshot, record: Record, status: str) -> Edit:
    """The first status of a record: in the place that it has for one, else as a sibling has it."""
    sibling = _sibling(snapshot, record)
    value = worded(status, sibling.status_text if sibling else "")
    in_front = sibling is not None and in_front_matter(sibling)
    edit = in_empty_place(record, value, in_front=value if in_front else status)
    if edit:
        return edit
    if sibling is None:
        return _section(record, value)
    if in_front:
        return _front_field(record, value)
    line = field_line(sibling)
    return _field(record, line, value) if line else _section(record, value)


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
    if record.status_range == NOWHERE:
        return False
    front = front_matter(record.text.content)
    return front.start <= record.text.offset(record.status_range.start) < front.end


def field_line(record: Record) -> tuple[str, str] | None:
    """What stands before and behind the value on its line, if the line names it a status."""
    before, behind = _beside(record)
    if _IN_BADGE.search(before) or "|" in before + behind:
        return None
    return (before, behind) if ":" in before else None


def _beside(record: Record) -> tuple[str, str]:
    """The value's line before and behind it."""
    first = record.text.line(record.status_range.start.line)
    last = record.text.line(record.status_range.end.line)
    return first[: record.status_range.start.column], last[record.status_range.end.column :]


def _front_field(record: Record, value: str) -> Edit:
    end = record.text.line_end
    front = front_matter(record.text.content)
    if front.end:
        closing = record.text.position(front.end - 1).line
        place = Position(closing, 0)
        return Edit(record.path, Range(place, place), f"status: {as_scalar(value, '')}{end}")
    return Edit(record.path, NOWHERE, f"---{end}status: {as_scalar(value, '')}{end}---{end}{end}")


def _field(record: Record, line: tuple[str, str], value: str) -> Edit:
    """A line as the sibling has it, below the title."""
    end = record.text.line_end
    return below_title(record, f"{end}{line[0]}{value}{line[1].rstrip()}{end}")


def _section(record: Record, value: str) -> Edit:
    """A record without any heading gets a line: a heading would become its title."""
    end = record.text.line_end
    if record.title_range == NOWHERE:
        return below_title(record, f"{end}Status: {value}{end}")
    return below_title(record, f"{end}## Status{end}{end}{value}{end}")


def below_title(record: Record, block: str) -> Edit:
    """A block of its own below the title, or at the head where there is none."""
    text, end = record.text, record.text.line_end
    front = front_matter(text.content).end
    if record.title_range == NOWHERE or text.offset(record.title_range.start) < front:
        return _at_head(record, front, block.strip())
    line = record.title_range.end.line
    place = Position(line, len(text.line(line)))
    joined = line + 1 >= text.line_count or bool(text.line(line + 1).strip())
    return Edit(record.path, Range(place, place), end + block.rstrip() + (end if joined else ""))


def _at_head(record: Record, front: int, block: str) -> Edit:
    text, end = record.text, record.text.line_end
    if not front:
        return Edit(record.path, NOWHERE, block + end * 2)
    closing = text.position(front - 1).line
    place = Position(closing, len(text.line(closing)))
    gap = end if text.line(closing + 1).strip() else ""
    return Edit(record.path, Range(place, place), end * 2 + block + gap)
