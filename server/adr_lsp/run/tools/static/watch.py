"""Records a tool that judges rules: which held, and where one was broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from adr_lsp.run.recording import Recording
from adr_lsp.run.recording.content import files_below
from adr_lsp.run.tool import Ended, Selected, ToolRun
from adr_lsp.value import dataclass

MOST_LINES = 20_000
MOST_TEXT = 64 * 1024 * 1024
MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that was broken: each offence in words, and the first place, relative to the root."""

    offences: tuple[str, ...]
    location: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """A rule that is about nothing there is: that it held says nothing."""

    reason: str


Judged = dict[str, Broken | Idle | None]
"""What the tool said by rule: None for one that held."""


class RuleWatch:
    """`judge` reads all lines that the tool printed; None where it said nothing that counts."""

    def __init__(
        self,
        root: Path,
        run: ToolRun,
        suffixes: tuple[str, ...],
        folders: Iterable[str],
        judge: Callable[[list[str]], Judged | None],
        rules_of: Callable[[Selected], tuple[str, ...]],
    ) -> None:
        self._run, self._judge, self._rules_of = run, judge, rules_of
        self._lines: list[str] = []
        self._size = 0
        self._for_us = False
        self.recording = Recording(root, run.tool, run.words, run.project)
        read = (p for folder in folders for p in files_below(root, suffixes, _never, folder))
        self.recording.rests_on([*(test.path for test in run.tests), *read])

    def begin(self, process: int) -> None:
        self.recording.process = process

    def line(self, line: str) -> bool:
        """What is printed as JSON is for us, not for a reader."""
        if len(self._lines) < MOST_LINES and self._size < MOST_TEXT:
            self._lines.append(line)
            self._size += len(line)
        self._for_us = self._for_us or line.startswith("{")
        return not self._for_us

    def end(self, ended: Ended) -> None:
        try:
            if not ended.cancelled and not ended.too_long and ended.code in (0, 1):
                self._tell(self._judge(self._lines), ended)
        finally:
            self.recording.close()

    def _tell(self, judged: Judged | None, ended: Ended) -> None:
        if judged is None:
            return
        for test in self._run.tests:
            rules = [rule for rule in self._rules_of(test) if rule in judged]
            found = [judged[rule] for rule in rules]
            broken = [each for each in found if isinstance(each, Broken)]
            idle = [each.reason for each in found if isinstance(each, Idle)]
            if broken:
                self._failed(test, broken)
            elif idle:
                self.recording.result(_id(test), "error", message=idle[0], error="usage")
            elif rules:
                self.recording.result(_id(test), "passed")
        self.recording.end(ended.code)

    def _failed(self, test: Selected, broken: list[Broken]) -> None:
        offences = [line for each in broken for line in each.offences]
        shown = "\n".join(offences[:MOST_PLACES])
        location = next((each.location for each in broken if each.location), None)
        more = {"location": list(location)} if location else {}
        example = {"text": shown, "values": None}
        self.recording.result(_id(test), "failed", message=shown, counterexample=example, **more)


def _id(test: Selected) -> str:
    """A file that is one test has no name behind its path."""
    return f"{test.path}::{test.name}"


def _never(_folder: str, _names: frozenset[str]) -> bool:
    return False
