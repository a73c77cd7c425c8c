"""The line with which a record says which one it supersedes."""

from __future__ import annotations

import re

from adr_lsp.features.authoring.link import link
from adr_lsp.features.authoring.naming import name_from
from adr_lsp.features.authoring.status_line import below_title, field_line, in_front_matter
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.record.heading import HEADS_STATUS
from adr_lsp.record.yaml_value import Value
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Edit, Position, Range

_LABEL = re.compile("|".join(sorted(HEADS_STATUS, key=len, reverse=True)), re.IGNORECASE)
_CLOSING = re.compile(r"[*_`]*")
_BOX_OR_HEADING = re.compile(r"\s*[-*+]\s+\[[ xX✓✔]\]\s|#")
_RULE = re.compile(r"[\s:|-]+")


def relation_edit(
    snapshot: Snapshot, new: Record, old: Record, *, partial: bool = False
) -> Edit | None:
    """`Supersedes: …` beside the status, in the form that the status has; None if it is said."""
    said = (snapshot.log.resolve(s.key, None, new.path).record for s in new.supersedes)
    if any(record is old for record in said):
        return None
    key = name_from(snapshot, old, new.path)
    if in_front_matter(new):
        return _in_front_matter(new, _label(partial).lower().replace(" ", "-"), key)
    here = relative_link(key, new, old)
    lone = _BOX_OR_HEADING.match(new.text.line(new.status_range.start.line))
    if new.status_range == NOWHERE or lone:
        end = new.text.line_end
        return below_title(new, f"{end}{_label(partial)}: {here}{end}")
    line = field_line(new)
    if line is not None:
        return _field(new, line, _label(partial), here)
    return _row(new, _label(partial), here) or _paragraph(new, f"{_label(partial)} {here}")


def relative_link(words: str, here: Record, there: Record) -> str:
    """A link from one record to another."""
    return link(words, here.path, there.path)


def _label(partial: bool) -> str:
    return "Partially supersedes" if partial else "Supersedes"


def _in_front_matter(record: Record, label: str, key: str) -> Edit:
    """One more value of the key, or a key of its own at the end."""
    content, end = record.text.content, record.text.line_end
    front = front_matter(content)
    known = next((f for f in front.fields if f[0].text.lower().replace("_", "-") == label), None)
    if known is not None:
        place, words = _one_more(content, *known, key, end)
        return Edit(record.path, record.text.range(*place), words)
    closing = Position(record.text.position(front.end - 1).line, 0)
    return Edit(record.path, Range(closing, closing), f"{label}: {key}{end}")


def _one_more(
    content: str, name: Value, value: Value, key: str, end: str
) -> tuple[tuple[int, int], str]:
    """Where one more value goes, and its words: in a list, beside a value, or as the first."""
    past = content.index(":", name.end) + 1
    written = content[past : max(past, value.end)].strip()
    if not written or written in ("[]", "~", "null", '""', "''"):
        return (past, max(past, value.end)), f" {key}"
    if not value.items:
        return (value.start, value.end), f"[{content[value.start : value.end].strip()}, {key}]"
    last = value.items[-1]
    if content[value.start] == "[":
        return (last.end, last.end), f", {key}"
    line = max(content.rfind("\n", 0, last.start), content.rfind("\r", 0, last.start)) + 1
    return (last.end, last.end), f"{end}{content[line : last.start]}{key}"


def _field(record: Record, line: tuple[str, str], label: str, here: str) -> Edit:
    """A line as that of the status, with another label."""
    before, behind = line
    named = list(_LABEL.finditer(before))
    if not named:
        return _paragraph(record, f"{label}: {here}")
    words = named[-1]
    shown = label if words.group()[0].isupper() else label.lower()
    lead = before[: words.start()] + shown + before[words.end() :]
    closing = _CLOSING.match(behind)
    number = record.status_range.end.line
    place = Position(number, len(record.text.line(number)))
    closed = (closing.group() if closing else "") + ("  " if behind.endswith("  ") else "")
    said = f"{record.text.line_end}{lead}{here}{closed}"
    return Edit(record.path, Range(place, place), said)


def _row(record: Record, label: str, here: str) -> Edit | None:
    """A row below that of the status, and below the rule if that is the table's head."""
    number = record.status_range.end.line
    cells = record.text.line(number)[: record.status_range.start.column].split("|")
    if len(cells) < 2 or not _LABEL.search(cells[-2]):
        return None
    below = record.text.line(number + 1)
    number += 1 if "-" in below and _RULE.fullmatch(below) else 0
    place = Position(number, len(record.text.line(number)))
    return Edit(record.path, Range(place, place), f"{record.text.line_end}| {label} | {here} |")


def _paragraph(record: Record, said: str) -> Edit:
    """A paragraph below the one, the list or the table that holds the status."""
    number = record.status_range.end.line
    while record.text.line(number + 1).strip():
        number += 1
    place = Position(number, len(record.text.line(number)))
    return Edit(record.path, Range(place, place), record.text.line_end * 2 + said)
