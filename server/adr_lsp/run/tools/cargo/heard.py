"""What one test of Rust printed: why it failed, and what proptest told of its cases.

`PROPTEST_VERBOSE=2` makes proptest name every case, passed, rejected or failed. It prints no count
of its own when a property holds.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from adr_lsp.run.recording.recording import LONGEST_EXAMPLE
from adr_lsp.run.tools.cargo.debug import arguments, on_one_line
from adr_lsp.value import dataclass

MOST_LINES = 5_000
LONGEST_LINE = 1 << 16  # more than an example may have: one that was cut is never read
PANIC = re.compile(r"thread '(?P<thread>.*)' (?:\(\d+\) )?panicked at (?P<path>.+?):(\d+):\d+:$")
OLD_PANIC = re.compile(r"thread '(.*)' panicked at '(?P<said>.*)', (?P<path>.+?):(\d+):\d+$")
AT = re.compile(r" at (?P<path>[^\s:]+\.rs):(?P<line>\d+)\.?$", re.MULTILINE)
INPUT = "minimal failing input: "
OVER = re.compile(r"\s*successes: (\d+)$")
VERBOSE = ("proptest: Next test input: ", "Applying transition ", "Running a test case with ")
BACKTRACE = ("note: run with `RUST_BACKTRACE", "stack backtrace:")
ABORTED, REFUTED = "Test aborted: ", "Test failed: "
TOO_LATE = re.compile(r"Timeout of \d+ ms exceeded")


class Heard:
    """The lines of one test, the last of them kept; cases are counted until one is shrunk."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self.lines: deque[str] = deque(maxlen=MOST_LINES)
        self.passed = self.rejected = self.failed = 0
        self._shrinks = False
        for line in lines:
            self.add(line)

    def add(self, line: str) -> bool:
        """Whether the line tells a reader anything."""
        told = line.removeprefix("proptest: ") if line.startswith("proptest: ") else ""
        if told.startswith(("Starting shrinking", "Shrinking disabled")):
            self._shrinks = True
        elif not self._shrinks:
            self.passed += told == "Test case passed"
            self.rejected += told.startswith("Test case rejected: ")
            self.failed += told.startswith("Test case failed: ")
        quiet = told.startswith("Test case ") or line.startswith(VERBOSE)
        if not quiet:
            self.lines.append(line[:LONGEST_LINE])
        return not quiet

    def cases(self) -> dict[str, Any] | None:
        """None where proptest named none: nothing is known, or nothing was generated."""
        if not self.passed + self.rejected + self.failed:
            return None
        return counts(self.passed, self.rejected, self.failed)


def counts(accepted: int, rejected: int = 0, failed: int = 0) -> dict[str, Any]:
    generated = accepted + rejected + failed
    return {
        "accepted": accepted,
        "rejected": rejected,
        "failed": failed,
        "phases": {"generate": generated} if generated else {},
        "max_examples": None,
        "exhausted": False,
    }


@dataclass(frozen=True, slots=True)
class Panic:
    """`place` is the file, as the compiler names it, and the line."""

    thread: str
    message: str
    place: tuple[str, int]


def failure(heard: Heard, name: str) -> dict[str, Any]:
    """Why a test failed, as fields of its result; the file of `location` is the compiler's name."""
    panics = _panics(list(heard.lines))
    refuted = [p for p in panics if p.message.startswith((REFUTED, ABORTED))]
    if refuted:
        return _of_property(refuted[-1], panics)
    own = [panic for panic in panics if panic.thread == name] or panics
    told = _told_besides(list(heard.lines))
    if told or not own:
        return {"outcome": "failed", "message": "\n".join(told)}
    return {"outcome": "failed", "message": own[0].message, "location": list(own[0].place)}


def _told_besides(lines: list[str]) -> list[str]:
    """Why a test failed that should have panicked, or that returned an error."""
    for place, line in enumerate(lines):
        if line.startswith(("note: test did not panic", "note: panic did not")):
            return [line.removeprefix("note: "), *(each.strip() for each in lines[place + 1 :])]
    return [line for line in lines if line.startswith("Error: ")]


def _of_property(panic: Panic, panics: list[Panic]) -> dict[str, Any]:
    """proptest's own panic, which comes last and stands where the macro does."""
    said, _, shrunk = panic.message.partition(f"\n{INPUT}")
    if said.startswith(ABORTED):
        kind = "unsatisfiable" if "Too many" in said else "usage"
        return {"outcome": "error", "error": kind, "message": said.removeprefix(ABORTED)}
    found: dict[str, Any] = {"outcome": "failed", "message": _plain(said)}
    if TOO_LATE.search(said):
        found |= {"outcome": "error", "error": "deadline"}
    place = _place(said, panics[: panics.index(panic)])
    if place:
        found["location"] = list(place)
    if shrunk:
        found["counterexample"] = example(shrunk)
    return found


def _plain(said: str) -> str:
    """The reason, without the end that proptest and `prop_assert!` give it."""
    return AT.sub("", said.removeprefix(REFUTED)).removesuffix(".")


def _place(said: str, inner: list[Panic]) -> tuple[str, int] | None:
    """Where the assertion stands: told by `prop_assert!`, or by the panic that was caught."""
    told = AT.search(said)
    if told:
        return told["path"], int(told["line"])
    return inner[-1].place if inner else None


def example(written: str) -> dict[str, Any]:
    """A minimal failing input, or what a regression file tells of one."""
    text = on_one_line(written)
    fits = len(text) <= LONGEST_EXAMPLE
    return {"text": text[:LONGEST_EXAMPLE], "values": arguments(text) if fits else None}


def _panics(lines: list[str]) -> list[Panic]:
    found = []
    for place, line in enumerate(lines):
        new, old = PANIC.match(line), OLD_PANIC.match(line)
        if new:
            message = "\n".join(_message(lines[place + 1 :]))
            found.append(Panic(new["thread"], message, (new["path"], int(new[3]))))
        elif old:
            found.append(Panic(old[1], old["said"], (old["path"], int(old[4]))))
    return found


def _message(lines: list[str]) -> Iterable[str]:
    """The lines of one panic: to what the runtime adds, the next panic, or proptest's counts."""
    for line in lines:
        if line.startswith((*BACKTRACE, "proptest: ")) or PANIC.match(line) or OVER.match(line):
            return
        if re.match(r"\s*(local|global) rejects: \d+$", line):
            return
        yield line.rstrip()
