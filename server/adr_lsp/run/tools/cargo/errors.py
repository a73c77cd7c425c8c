"""What the compiler, and cargo itself, complain of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from adr_lsp.value import dataclass

ERROR = re.compile(r"error(?:\[E\d+\])?: (?P<said>.*)$")
PLACE = re.compile(r"\s*--> (?P<path>.+?):(?P<line>\d+):\d+$")
LONGEST_LINE = 4_000
SUMMARY = ("could not compile ", "aborting due to ", "test failed, to rerun", "command `")
DIED = re.compile(
    r"\s*process didn't exit successfully: .*\((?P<how>(?:signal|exit code|exit status): [^()]*)\)$"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error with its first place, as the compiler names it; `path` is None without one."""

    said: str
    path: str | None = None
    line: int = 0


def tells(line: str) -> bool:
    """Whether a line is one that `faults` reads."""
    return len(line) <= LONGEST_LINE and bool(ERROR.match(line) or PLACE.match(line))


def faults(lines: Iterable[str]) -> list[Fault]:
    """The errors that stopped the build, in their order."""
    found: list[Fault] = []
    waits = False
    for line in lines:
        error, place = ERROR.match(line), PLACE.match(line)
        if error and not error["said"].startswith(SUMMARY):
            found.append(Fault(error[0]))
            waits = True
        elif place and waits:
            found[-1] = Fault(found[-1].said, place["path"], int(place["line"]))
            waits = False
    return found


def died(line: str) -> str | None:
    """How a binary of tests ended that did not end by itself: `signal: 6, SIGABRT: …`."""
    found = DIED.match(line)
    return found["how"] if found else None
