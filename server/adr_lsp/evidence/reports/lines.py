"""Lines that ran, as reports of coverage give them: no more than a report can sensibly hold."""

from __future__ import annotations

from collections.abc import Mapping

LARGEST_LINE = 1_000_000
MOST_LINES = 2_000_000


class TooMany(Exception):
    """More lines than any project has."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} lines")


class Lines:
    """The lines that ran, by file as printed; `most` of them, and no more."""

    def __init__(self, most: int = MOST_LINES) -> None:
        self._most = most
        self._by_file: dict[str, set[int]] = {}
        self._count = 0

    def file(self, path: str) -> None:
        """A file that was measured, whether any of its lines ran or not."""
        self._by_file.setdefault(path, set())

    def ran(self, path: str, line: object) -> None:
        """Raises TooMany. What is no line is passed over."""
        if type(line) is int and 1 <= line <= LARGEST_LINE:
            self._count += 1
            if self._count > self._most:
                raise TooMany(self._most)
            self._by_file.setdefault(path, set()).add(line)

    def frozen(self) -> Mapping[str, frozenset[int]]:
        return {path: frozenset(lines) for path, lines in self._by_file.items()}


def number(text: str) -> int | None:
    """A count or a line as text; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
