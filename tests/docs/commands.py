"""A block of shell as the commands in it, with what it says that they print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docs.pages import Fence

ENDS_WITH = re.compile(r"\s+# exit (\d)\b.*$")
COMMENT = re.compile(r"\s+#\s.*$")


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `output` is None where the page shows none, `ends` where it does not say."""

    fence: Fence
    line: int  # within the body
    given: str
    output: str | None
    ends: tuple[int, ...]

    @property
    def bare(self) -> str:
        """Without the comment behind it."""
        return COMMENT.sub("", self.given).strip()


def commands(fence: Fence) -> list[Command]:
    return list(_told(fence) if fence.language == "console" else _script(fence))


def _script(fence: Fence) -> Iterator[Command]:
    """Each line, and those that a backslash joins to it; it succeeds, or says `# exit 1`."""
    given, first = "", 0
    for number, line in enumerate(fence.body.splitlines()):
        first = first if given else number
        given += line
        if line.endswith("\\"):
            given += "\n"
        elif given.strip() and not given.startswith("#"):
            told = ENDS_WITH.search(given)
            yield Command(fence, first, given, None, (int(told[1]) if told else 0,))
            given = ""
        else:
            given = ""


def _told(fence: Fence) -> Iterator[Command]:
    """`$ command` and the lines below it. Findings are no surprise, a wrong command is one unless
    it says `# exit 2`."""
    lines = fence.body.splitlines()
    starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        output = "\n".join(lines[start + 1 : end]).rstrip()
        given = lines[start][2:]
        ends = ENDS_WITH.search(given)
        yield Command(fence, start, given, output, (int(ends[1]),) if ends else (0, 1))


def as_told(told: str, printed: str) -> bool:
    """Whether that was printed; `…` stands for anything in a line, alone for any lines."""
    return re.fullmatch(_pattern(told), _trimmed(printed)) is not None


def _pattern(told: str) -> str:
    return "".join(
        r"(?:.*\n)*?" if any_lines else "".join(_line(line) for line in lines)
        for any_lines, lines in groupby(told.splitlines(), lambda line: line.strip() == "…")
    )


def _line(line: str) -> str:
    return ".*?".join(re.escape(part) for part in line.rstrip().split("…")) + r"\n"


def _trimmed(printed: str) -> str:
    lines = [line.rstrip() for line in printed.rstrip().splitlines()]
    return "".join(f"{line}\n" for line in lines)
