"""How a status is written: in the case, the marks and the form of the value that it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from adr_lsp.features.authoring.plain_words import as_yaml
from adr_lsp.record import Record, Status
from adr_lsp.record.status import status_of

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"(\*\*|__|[*_`])(?P<inner>(?:(?!\1).)+)\1", re.DOTALL)
_SIGN = re.compile(r"(?:[^\w\s\x00-\x7f]+|:\w+:)\s+(?=\w)")
_SIGNED_DAY = re.compile(
    r"(?P<sep>[\s,:(–—-]+|\s+(?:on|since)\s+)\d{4}-\d\d-\d\d(?P<tail>\)?\.?)\Z"
)
_INSIDE_FLOW = re.compile(r"[,\[\]{}]")


def worded(status: str, like: str) -> str:
    """The first word in the case of another value's first word."""
    shown = _WORD.search(re.sub(r":\w+:", "", like))
    first, *rest = status.split(" ", 1)
    if shown and shown.group().isupper() and len(shown.group()) > 1:
        first = first.upper()
    elif not shown or not shown.group()[0].islower():
        first = first[:1].upper() + first[1:]
    else:
        first = first[:1].lower() + first[1:]
    return " ".join([first, *rest])


def rewritten(status: str, written: str, today: date, siblings: Iterable[Record]) -> str:
    """The status in place of `written`: emphasis stays, a day at its end becomes the present one,
    and a sign before it the one that the log has for this status."""
    marked = _MARKED.fullmatch(written)
    if marked and not (marked[1] == "`" and "[" in status):
        return f"{marked[1]}{rewritten(status, marked['inner'], today, siblings)}{marked[1]}"
    words = worded(status, written)
    signed = _SIGNED_DAY.search(written)
    if signed and " " not in status:
        words += f"{signed['sep']}{today.isoformat()}{signed['tail']}"
    return f"{_sign(status_of(status), siblings)}{words}" if _SIGN.match(written) else words


def _sign(status: Status, siblings: Iterable[Record]) -> str:
    same = (_SIGN.match(record.status_text) for record in siblings if record.status is status)
    return next((sign.group() for sign in same if sign), "")


def as_scalar(status: str, written: str) -> str:
    """The status in place of a YAML scalar, quoted as that was; a block becomes one line."""
    value = worded(status, written) if written else status
    if written.startswith("'"):
        return "'" + value.replace("'", "''") + "'"
    if written.startswith('"'):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    behind = written[len(written.rstrip()) :] if written[:1] in "|>" else ""
    plain = value if not _INSIDE_FLOW.search(value) else as_yaml(value)
    return (as_yaml(value) if ": " in value or " #" in value else plain) + behind
