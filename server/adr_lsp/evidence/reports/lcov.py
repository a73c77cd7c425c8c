"""LCOV's tracefiles: `SF:` opens a file, `DA:` is a line with its count, `end_of_record` closes."""

from __future__ import annotations

from adr_lsp.evidence.reports.lines import Lines, TooMany, number
from adr_lsp.evidence.reports.model import Report, Unreadable


def read_lcov(raw: bytes) -> tuple[Report, ...] | Unreadable:
    """The lines that ran in the whole run. One that ends inside a file was cut."""
    lines, path = Lines(), ""
    every = raw.decode("utf-8", "replace").splitlines()
    try:
        for line in every:
            key, _, value = line.strip().partition(":")
            if key == "SF":
                path = value.strip()
                lines.file(path)
            elif key == "DA" and path:
                place, count = (*value.split(",")[:2], "")[:2]
                if (number(count.strip()) or 0) > 0:
                    lines.ran(path, number(place.strip()))
            elif key == "end_of_record":
                path = ""
    except TooMany as fault:
        return Unreadable(str(fault))
    if path:
        return Unreadable("it ends inside a file's record", len(every))
    return (Report("lcov", None, lines=lines.frozen()),)
