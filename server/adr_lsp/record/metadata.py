"""What a record says about itself near its top: status, date, supersession, who verifies it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from adr_lsp.markdown import Block, Document, blocks, walk
from adr_lsp.record.dates import iso_date
from adr_lsp.record.field import (
    APPLIES,
    BACKWARD,
    DATES,
    FORWARD,
    NEAR_TOP,
    UPDATES,
    VERIFIED,
    Field,
    fields,
    flowing,
    front_fields,
    table_fields,
    top_fields,
    without_more,
)
from adr_lsp.record.front_matter import FrontMatter
from adr_lsp.record.heading import STATUS, bare, heads_status, status_label
from adr_lsp.record.line import Line, whole
from adr_lsp.record.model import Status, Supersession
from adr_lsp.record.outline import Part, below
from adr_lsp.record.relation_lines import relations_below
from adr_lsp.record.status import status_of
from adr_lsp.record.supersession import Relations, relations, targets
from adr_lsp.text import NOWHERE, Range, Text
from adr_lsp.value import dataclass

_MEANT_AS_DATE = DATES - {"decided", "data"}
_BOX = re.compile(r"\[([ xX✓✔])\][ ]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Metadata:
    status: Status = Status.NONE
    status_text: str = ""
    status_range: Range = NOWHERE
    date: str | None = None
    date_range: Range = NOWHERE
    supersedes: tuple[Supersession, ...] = ()
    superseded_by: tuple[Supersession, ...] = ()
    verified_by: tuple[Line, ...] = ()
    applies_to: tuple[Line, ...] = ()


def metadata(front: FrontMatter, document: Document, found: list[Part], text: Text) -> Metadata:
    """Reads the front matter, the lines before the first section and the Status section."""
    given = [*front_fields(front), *top_fields(document, found), *_status_table(document, found)]
    status_lines = _status_lines(document, found)
    values = [field.value for field in given if field.label in STATUS and field.value.words]
    values.extend(status_lines[:1])
    beside = [field for line in status_lines for field in fields(line)]
    dated = [*given, *beside, *_date_section(document, found)]
    named = _named(given, text)
    named.extend(relations(line, text, anywhere=True) for line in [*values[:1], *status_lines])
    named.extend(relations_below(document, found, text))
    value = _decisive(values, status_lines, text)
    date, dated_by = _date(dated, values)
    return Metadata(
        status_of(_unstruck(value)) if value else Status.NONE,
        " ".join(value.words.split()) if value else "",
        value.range(text) if value else NOWHERE,
        date,
        dated_by.range(text) if dated_by else NOWHERE,
        _once(one for each in named for one in each.supersedes),
        _once(one for each in named for one in each.superseded_by),
        tuple(field.value for field in given if field.label in VERIFIED),
        tuple(field.value for field in given if field.label in APPLIES),
    )


def _once(all_of_them: Iterator[Supersession]) -> tuple[Supersession, ...]:
    """Each record once for each of its invariants, as it is named first."""
    found: dict[tuple[str, str | None], Supersession] = {}
    for one in all_of_them:
        found.setdefault((one.key.lower(), one.invariant), one)
    return tuple(found.values())


def _status_lines(document: Document, found: list[Part]) -> list[Line]:
    """The lines of the first section that is named Status; or what its heading itself says."""
    for part in found:
        heading = part.heading
        if not heading or heading.level > 2:
            continue
        if heads_status(heading.title):
            return _chosen(list(islice(_lines_of(below(document, part)), NEAR_TOP)))
        if status_label(heading.title):
            line = whole(blocks(document, part)[0])
            return [line.part(status_label(line.words), len(line.words))]
    return []


def _date_section(document: Document, found: list[Part]) -> Iterator[Field]:
    """What stands below a heading `Date`."""
    for part in found:
        title = bare(part.heading.title) if part.heading and 1 < part.heading.level < 3 else ""
        if title in DATES:
            for line in islice(_lines_of(below(document, part)), 1):
                if title in _MEANT_AS_DATE or (len(line.words) < 20 and iso_date(line.words)):
                    yield Field("date", line)


def _status_table(document: Document, found: list[Part]) -> list[Field]:
    """A table of labels and values with which the section Status begins."""
    for part in found:
        if part.heading and part.heading.level < 3 and heads_status(part.heading.title):
            first = next(iter(below(document, part)), None)
            said = list(table_fields(first)) if first and first.kind == "table" else []
            return said if any(field.label in STATUS for field in said) else []
    return []


def _lines_of(section: list[Block]) -> Iterator[Line]:
    for block in walk(section):
        if block.kind in ("paragraph", "cell"):
            yield from flowing(block)


def _chosen(all_lines: list[Line]) -> list[Line]:
    """Those that count: of boxes to tick the ticked ones; of a dated history the newest first."""
    boxes = [_BOX.match(line.words) for line in all_lines]
    if any(box and box[1] != " " for box in boxes):
        pairs = zip(all_lines, boxes, strict=True)
        return [
            line.part(box.end(), len(line.words)) for line, box in pairs if box and box[1] != " "
        ]
    history = [(date, line) for line in all_lines if (date := _dated_change(line))]
    if len(history) > 1 and history[0][1] is all_lines[0]:
        newest = max(history, key=lambda entry: entry[0])[1]
        return [newest, *(line for line in all_lines if line is not newest)]
    return all_lines


def _dated_change(line: Line) -> str | None:
    """The date of a line that tells when the record got a status."""
    known = status_of(_undated(line.words)) not in (Status.OTHER, Status.NONE)
    return iso_date(line.words) if known else None


def _undated(words: str) -> str:
    """The words behind a date with which a line begins."""
    return re.sub(r"\A\W*\d[\d./-]{5,}\d\W*", "", words)


def _decisive(values: list[Line], status_lines: list[Line], text: Text) -> Line | None:
    """The first value, or the line below it that says what has superseded the record."""
    if not values:
        return None
    first = _value(values[0])
    if first.words and values[0] in status_lines:
        for line in status_lines:
            by = relations(line, text, anywhere=False).superseded_by
            if any(not one.partial for one in by):
                return _value(line)
    return first


def _value(line: Line) -> Line:
    """The value of a line that may repeat the label, without what follows a bar."""
    return without_more(next((f.value for f in fields(line) if f.label in STATUS), line))


def _unstruck(line: Line) -> str:
    """The words of a status without those that are struck out, and without a date before them."""
    words = line.words
    for span in reversed(line.phrase.spans):
        start, end = span.start - line.start, span.end - line.start
        if span.kind == "strike" and start >= 0 and end <= len(words):
            words = words[:start] + words[end:]
    return _undated(words) if words.strip() else line.words


def _named(given: list[Field], text: Text) -> list[Relations]:
    found: list[Relations] = []
    for field in given:
        if field.label in FORWARD:
            named = tuple(targets(field.value, 0, text, partial=field.partial, labelled=True))
            found.append(Relations(named, ()))
        elif field.label in BACKWARD:
            named = tuple(targets(field.value, 0, text, partial=field.partial, labelled=True))
            found.append(Relations((), named))
        elif not field.label:
            found.append(relations(field.value, text, anywhere=False))
    return found


def _date(given: list[Field], values: list[Line]) -> tuple[str | None, Line | None]:
    """The record's date with the line that gives it: that of a field `date`, else of one like it,
    else of the last change, else of the status. Where none can be read, the field that should."""
    dated = [field for field in given if field.label in DATES and field.value.words]
    dated.sort(key=lambda field: field.label != "date")
    updated = [field for field in given if field.label in UPDATES]
    for line in (*(field.value for field in (*dated, *updated)), *values):
        date = iso_date(line.words)
        if date and (len(date) > 4 or line not in values):
            return date, line
    return None, next((field.value for field in dated if field.label in _MEANT_AS_DATE), None)
