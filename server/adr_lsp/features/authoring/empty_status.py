"""The place that a record has for a status and that says none yet."""

from __future__ import annotations

import re

from adr_lsp.features.authoring.plain_words import as_yaml
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.heading import HEADS_STATUS, heads_status
from adr_lsp.text import Edit, Position, Range

NEAR_TOP = 40
_LABEL = "|".join(sorted(HEADS_STATUS))
_KEY = re.compile(r"(?P<lead>#[ \t]*)?(?P<key>status[ \t]*:)(?P<value>[^\r\n#]*)(?=\r|\n|#)", re.I)
_FIELD = re.compile(
    rf"(?P<before>[^\w\n]*(?:{_LABEL})\W*?[:：]\W*?)\s*"
    rf"|(?P<cell>\s*\|[^\w|]*(?:{_LABEL})[^\w|]*\|)\s*(?P<rest>\|.*)",
    re.IGNORECASE,
)


def in_empty_place(record: Record, value: str, *, in_front: str) -> Edit | None:
    """A key of the front matter without a value, or in a comment there; a line; a section.

    `in_front` is the value as front matter has it.
    """
    return _key(record, in_front) or _line(record, value) or _section(record, value)


def _key(record: Record, value: str) -> Edit | None:
    content = record.text.content
    front = front_matter(content)
    for line in re.finditer(r"^.*", content[: front.end], re.MULTILINE):
        found = _KEY.match(content, line.start(), front.end)
        if found and (found["lead"] or not found["value"].strip()):
            behind = " " if content[found.end()] == "#" and not found["lead"] else ""
            past = len(content[: line.end()].rstrip("\r")) if found["lead"] else found.end()
            place = record.text.range(found.start(), past)
            return Edit(record.path, place, f"{found['key']} {as_yaml(value)}{behind}")
    return None


def _line(record: Record, value: str) -> Edit | None:
    first = record.text.position(front_matter(record.text.content).end).line
    for number in range(first, min(first + NEAR_TOP, record.text.line_count)):
        line = record.text.line(number)
        if line.startswith("## "):
            return None
        found = _FIELD.fullmatch(line)
        if found:
            before = found["before"] or found["cell"]
            rest = f" {found['rest']}" if found["rest"] else ""
            place = Range(Position(number, 0), Position(number, len(line)))
            return Edit(record.path, place, f"{before} {value}{rest}")
    return None


def _section(record: Record, value: str) -> Edit | None:
    section = next((s for s in record.sections if s.level < 3 and heads_status(s.title)), None)
    if section is None:
        return None
    line = section.heading.end.line
    place = Position(line, len(record.text.line(line)))
    end = record.text.line_end
    parted = line + 1 < record.text.line_count and not record.text.line(line + 1).strip()
    last = "" if parted else end
    return Edit(record.path, Range(place, place), f"{end}{end}{value}{last}")
