"""What the records of a log without a template have in common: where status and day stand, and
which sections they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from adr_lsp.record import Record, Section
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.heading import bare, heads_status
from adr_lsp.record.key import date_of
from adr_lsp.text import NOWHERE, Range

TITLE = "TITLE"
DAY = "YYYY-MM-DD"
RECENT = 8
FEWEST_SECTIONS = 2


def skeleton(records: Sequence[Record]) -> str | None:
    """The form of the log's youngest record, with the sections that most young ones have; None
    where they have too little in common."""
    ordered = sorted(records, key=lambda r: (r.number or 0, date_of(r.stem) or "", r.path))
    recent = [record for record in ordered if _sections(record)][-RECENT:]
    if not recent:
        return None
    counted = Counter(name for record in recent for name in set(map(_name, _sections(record))))
    shared = {name for name, count in counted.items() if count * 2 > len(recent)}
    model = recent[-1]
    sections = [s for s in _sections(model) if _name(s) in shared or heads_status(s.title)]
    if len([s for s in sections if not heads_status(s.title)]) < FEWEST_SECTIONS:
        return None
    end = model.text.line_end
    headed = any(section.level == 1 for section in model.sections)
    blocks = [*_front(model), *([f"# {TITLE}"] if headed else []), *_top(model, sections[0])]
    for section in sections:
        blocks += [model.text.line(section.heading.start.line), *_said(model, section)]
    return (end * 2).join(blocks) + end


def _sections(record: Record) -> list[Section]:
    return [section for section in record.sections if section.level == 2]


def _name(section: Section) -> str:
    return bare(section.title)


def _front(record: Record) -> list[str]:
    """The front matter's own lines for title, status and day."""
    front = front_matter(record.text.content)
    last = record.text.position(front.end).line
    places = (record.status_range, record.date_range)
    lines = [f"title: {TITLE}"] if front.first("title") else []
    lines += _lines(record, [p for p in places if p != NOWHERE and p.end.line < last])
    return [record.text.line_end.join(["---", *lines, "---"])] if front.end and lines else []


def _top(record: Record, section: Section) -> list[str]:
    """The lines for status and day between the title and the first section."""
    places = (record.status_range, record.date_range)
    first = record.text.position(front_matter(record.text.content).end).line
    ends = section.heading.start
    lines = _lines(record, [p for p in places if first < p.start.line and p.end < ends])
    return [record.text.line_end.join(lines)] if lines else []


def _said(record: Record, section: Section) -> list[str]:
    """The line of the status, and that of the day, where they stand in this section."""
    body = section.body
    places = (record.status_range, record.date_range)
    inside = [p for p in places if p != NOWHERE and body.start <= p.start < body.end]
    lines = _lines(record, inside)
    return [record.text.line_end.join(lines)] if lines else []


def _lines(record: Record, places: list[Range]) -> list[str]:
    """Their lines in order, each once; a day that a record gives is the place for another one."""
    lines: list[str] = []
    for number in sorted({place.start.line for place in places}):
        line = record.text.line(number)
        day = record.date_range
        if day != NOWHERE and day.start.line == number == day.end.line:
            line = f"{line[: day.start.column]}{DAY}{line[day.end.column :]}"
        if "|" not in line:
            lines.append(line)
    return lines
