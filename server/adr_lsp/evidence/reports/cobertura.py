"""Cobertura XML, as coverage.py, Istanbul and others write it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from adr_lsp.evidence.reports.lines import Lines, TooMany, number
from adr_lsp.evidence.reports.model import Report, Unreadable
from adr_lsp.evidence.reports.xml import walk_xml

LONGEST = 4_000


class _Reading:
    """Takes elements in the order of the document."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.root, self.stamp, self.file = "", "", ""
        self.sources: list[str] = []
        self.in_source = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self.root:
            self.root, self.stamp = name, attributes.get("timestamp", "")
        if name == "class":
            self.file = attributes.get("filename", "")[:LONGEST]
            self.lines.file(self._place())
        elif name == "line" and self.file and (number(attributes.get("hits", "")) or 0) > 0:
            self.lines.ran(self._place(), number(attributes.get("number", "")))
        elif name == "source":
            self.in_source = True
            self.sources.append("")

    def end(self, name: str) -> None:
        self.in_source = False
        if name == "class":
            self.file = ""

    def text(self, text: str) -> None:
        if self.in_source and len(self.sources[-1]) < LONGEST:
            self.sources[-1] += text[:LONGEST].strip()

    def _place(self) -> str:
        """Files are relative to the source folder, where there is but one."""
        if len(self.sources) == 1 and self.sources[0] not in ("", ".", "./"):
            return f"{self.sources[0].rstrip('/')}/{self.file}"
        return self.file


def read_cobertura(raw: bytes) -> tuple[Report, ...] | Unreadable:
    """The lines that ran in the whole run."""
    reading = _Reading()
    try:
        fault = walk_xml(raw, reading.start, reading.end, reading.text)
    except TooMany as many:
        fault = Unreadable(str(many))
    if fault is None and reading.root != "coverage":
        fault = Unreadable(f"its root is `{reading.root[:40]}`, not `coverage`", 1)
    return fault or (Report("cobertura", _time(reading.stamp), lines=reading.lines.frozen()),)


def _time(stamp: str) -> datetime | None:
    """Milliseconds or seconds since 1970."""
    count = number(stamp)
    if not count:
        return None
    try:
        return datetime.fromtimestamp(count / 1000 if count > 10**11 else count, UTC)
    except (ValueError, OverflowError, OSError):
        return None
