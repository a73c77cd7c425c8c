"""What a tool printed that tells why it recorded nothing: the line that names an error."""

from __future__ import annotations

import re

LONGEST_LINE = 200
_TELLING = (
    *("error", "exception", "panicked", "fatal", "failed to", "cannot", "could not", "unable to"),
    *("not found", "no such", "bad option", "invalid", "unrecognized"),
)
_NAMED = re.compile(
    r"(?:^|[\s.])(?:[A-Z]\w*)?(?:[Ee]rror|ERROR|Exception|FATAL|fatal)(?:\[\w+\])?: *"
    r"(?!usage: )\S"
)
_HEADING = re.compile(r"^\W*(?:[\w ]{0,30}errors?|errors? \d+)\W*$", re.IGNORECASE)
_COLOUR = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")


class Said:
    """Takes the lines one by one and keeps few of them."""

    def __init__(self) -> None:
        self._last = self._named = self._named_last = self._told = ""

    def add(self, line: str) -> None:
        start = line[: 8 * LONGEST_LINE]
        if not start.isspace():
            self._last = start or self._last
        lowered = start.lower()
        if any(word in lowered for word in _TELLING):
            self._weigh(_plain(start))

    def _weigh(self, line: str) -> None:
        if _NAMED.search(line):
            self._named, self._named_last = self._named or line, line
        elif not _HEADING.match(line):
            self._told = self._told or line

    def first(self) -> str:
        """Why a tool never began, as far as it says; else its last line."""
        return self._named or self._told or _plain(self._last)

    def last(self) -> str:
        """Why a tool that had begun did not come to its end, as far as it says."""
        return self._named_last or _plain(self._last)


def _plain(line: str) -> str:
    return _COLOUR.sub("", line).strip()[:LONGEST_LINE]
