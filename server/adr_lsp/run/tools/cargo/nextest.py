"""The report that cargo-nextest writes under a profile of ours, with what each test printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from adr_lsp.evidence.reports.model import Unreadable
from adr_lsp.evidence.reports.xml import LARGEST, walk_xml
from adr_lsp.run.tools.cargo.heard import VERBOSE
from adr_lsp.run.tools.cargo.manifest import Package, Target
from adr_lsp.value import dataclass

PROFILE = "@tool:adr-lsp:record"
FAILURES = ("failure", "error")
FLAKY = ("flakyFailure", "flakyError")
PRINTED = ("system-out", "system-err")
BEGAN = re.compile(r"^running 1 test$", re.MULTILINE)
DONE = re.compile(r"test result: ok\. 1 passed; 0 failed;")
LONGEST = 32 * 1024 * 1024
INPUTS = tuple(start.encode() for start in VERBOSE)
IGNORED = "run-ignored"  # of those that are skipped, these are not left out by our filter


@dataclass(slots=True)
class Case:
    """One test of one binary. `printed` is what its last attempt printed, `flaked` what those
    before it did that failed."""

    binary: str
    name: str
    seconds: float
    outcome: str = "passed"
    attempts: list[str] = field(default_factory=list)
    type: str = ""
    message: str = ""
    skipped: str = ""
    printed: list[str] = field(default_factory=list)
    flaked: list[str] = field(default_factory=list)

    @property
    def left_early(self) -> bool:
        """Whether libtest began and did not come to its end, in a process that ended well."""
        printed = "\n".join(self.printed)
        began = BEGAN.search(printed) is not None
        return self.outcome == "passed" and began and DONE.search(printed) is None


def configuration(report: Path) -> str:
    """A profile that inherits all that the team configured but where its report goes."""
    place = str(report).replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'[profile."{PROFILE}".junit]\n'
        f'path = "{place}"\n'
        'report-skipped = "all"\n'
        "store-success-output = true\n"
        "store-failure-output = true\n"
    )


def binary_id(package: Package, target: Target) -> str:
    """What nextest calls the tests of a target."""
    if target.kind == "lib":
        return package.name
    kind = "" if target.kind == "test" else f"{target.kind}/"
    return f"{package.name}::{kind}{target.name}"


def report_in(file: Path) -> bytes | None:
    """The report without the inputs that proptest printed, which may be a thousand times it.

    Of one that is too large, only so much that it is refused.
    """
    kept, size = [], 0
    try:
        with file.open("rb") as lines:
            while size <= LARGEST and (line := lines.readline(LARGEST)):
                if not _is_input(line):
                    kept.append(line)
                    size += len(line)
    except OSError:
        return None
    return b"".join(kept)


def _is_input(line: bytes) -> bool:
    return line.startswith(INPUTS) and b"</" not in line


def read(raw: bytes) -> list[Case] | Unreadable:
    reading = _Reading()
    fault = walk_xml(raw, reading.start, reading.end, reading.text)
    return fault or reading.cases


class _Reading:
    def __init__(self) -> None:
        self.cases: list[Case] = []
        self._inside: list[str] = []
        self._open: list[str] | None = None
        self._taken = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(name)
        if name == "testcase":
            binary, test = attributes.get("classname", ""), attributes.get("name", "")
            self.cases.append(Case(binary, test, _seconds(attributes.get("time", ""))))
        elif not self.cases or "testcase" not in self._inside:
            return
        elif name in FAILURES:
            self._failed(attributes)
        elif name in FLAKY:
            self.cases[-1].attempts.append("failed")
            self._told(attributes)
        elif name == "skipped":
            self.cases[-1].outcome = "skipped"
            self.cases[-1].skipped = attributes.get("message", "")
        elif name in PRINTED:
            self._open = {"testcase": self.cases[-1].printed}.get(self._inside[-2])
            if self._inside[-2] in FLAKY:
                self._open = self.cases[-1].flaked
            if self._open is not None:
                self._open.append("")

    def _failed(self, attributes: Mapping[str, str]) -> None:
        self.cases[-1].outcome = "failed"
        self._told(attributes)

    def _told(self, attributes: Mapping[str, str]) -> None:
        case = self.cases[-1]
        case.type = case.type or attributes.get("type", "")
        case.message = case.message or attributes.get("message", "")

    def text(self, text: str) -> None:
        if self._open is not None and self._taken < LONGEST:
            self._taken += len(text)
            self._open[-1] += text

    def end(self, name: str) -> None:
        self._inside.pop()
        if name in PRINTED:
            self._open = None
        if name == "testcase" and self.cases and self.cases[-1].attempts:
            case = self.cases[-1]
            case.attempts.append(case.outcome)


def _seconds(text: str) -> float:
    try:
        return max(0.0, min(float(text), 1e9))
    except ValueError:
        return 0.0
