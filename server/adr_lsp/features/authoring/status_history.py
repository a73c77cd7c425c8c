"""Statuses that a record lists: boxes of which one is ticked, and lines that each have a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from adr_lsp.features.authoring.status_words import worded
from adr_lsp.record import Record
from adr_lsp.record.status import status_of
from adr_lsp.text import Edit, Position, Range

_BOX = re.compile(r"(?P<lead>\s*[-*+]\s+\[)(?P<tick>[ xX✓✔])(?P<words>\]\s+(?P<status>.*))")
_DAY = re.compile(r"(?P<lead>\W*)(?P<day>\d{4}-\d\d-\d\d)(?P<sep>\W+)(?=\w)")


def listed(record: Record, status: str, today: date) -> Edit | None:
    """The edit where the status is one of several in a list; None where it stands alone."""
    return _ticked(record, status) or _added(record, status, today)


def _ticked(record: Record, status: str) -> Edit | None:
    """The tick moves to the box of the new status, where there is one."""
    lines = _around(record)
    boxes = {number: box for number in lines if (box := _BOX.fullmatch(record.text.line(number)))}
    wanted = [number for number, box in boxes.items() if _means(box["status"], status)]
    ticked = [number for number, box in boxes.items() if box["tick"] != " "]
    if not wanted or not ticked or " " in status:
        return None
    first, last = min(*wanted, *ticked), max(*wanted, *ticked)
    tick = boxes[ticked[0]]["tick"]
    changed = (
        f"{box['lead']}{tick if number == wanted[0] else ' '}{box['words']}"
        for number in range(first, last + 1)
        if (box := boxes.get(number))
    )
    place = Range(Position(first, 0), Position(last, len(record.text.line(last))))
    return Edit(record.path, place, record.text.line_end.join(changed))


def _around(record: Record) -> list[int]:
    """The status's line and those beside it that are boxes too."""
    here = record.status_range.start.line
    if not _BOX.fullmatch(record.text.line(here)):
        return []
    return [*list(_boxes(record, here, -1))[::-1], here, *_boxes(record, here, 1)]


def _boxes(record: Record, line: int, step: int) -> Iterator[int]:
    while _BOX.fullmatch(record.text.line(line + step)):
        line += step
        yield line


def _means(written: str, status: str) -> bool:
    return status_of(written) is status_of(status)


def _added(record: Record, status: str, today: date) -> Edit | None:
    """A line of the present day above or below the newest one; that of today is changed."""
    written = record.text.between(record.status_range)
    dated = _DAY.match(written)
    if not dated:
        return None
    said = f"{dated['lead']}{today.isoformat()}{dated['sep']}"
    said += worded(status, written[dated.end() :])
    if dated["day"] == today.isoformat():
        return Edit(record.path, record.status_range, said)
    number = record.status_range.start.line
    line, end = record.text.line(number), record.text.line_end
    new = f"{line[: record.status_range.start.column]}{said}"
    parted = not re.match(r"\s*[-*+|>]", line) and _is_blank(record, number - 1)
    gap = end * 2 if parted else end
    if _newest_first(record, number, dated["day"]):
        place = Position(number, 0)
        return Edit(record.path, Range(place, place), f"{new}{gap}")
    place = Position(number, len(line))
    return Edit(record.path, Range(place, place), f"{gap}{new}")


def _newest_first(record: Record, line: int, day: str) -> bool:
    """Whether an older day stands below."""
    below = (_DAY.match(record.text.line(number)) for number in (line + 1, line + 2))
    return any(found is not None and found["day"] < day for found in below)


def _is_blank(record: Record, line: int) -> bool:
    return not record.text.line(line).strip()
