"""What `cargo test` prints: which crate's tests run, how each ended, what each printed.

This is the text for readers: the JSON form of libtest is unstable. Tests whose line cannot be read
have no outcome here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from adr_lsp.run.tools.cargo.errors import died, tells
from adr_lsp.run.tools.cargo.heard import MOST_LINES, Heard
from adr_lsp.value import dataclass

RUNNING = re.compile(r"\s+Running (?:unittests )?(?P<path>\S.*?) \((?P<binary>[^()]*)\)$")
DOCUMENTED = re.compile(r"\s+Doc-tests (?P<crate>\S+)$")
TEST = re.compile(
    r"test (?P<name>\S.*?)(?: - (?:should panic|compile fail|compile))? \.\.\. (?P<rest>.*)$"
)
ENDED = re.compile(r"(?P<what>ok|FAILED|ignored)(?:, (?P<why>.*?))?(?: <[\d.]+s>)?$")
SECTION = re.compile(r"---- (?P<name>.+) stdout ----$")
TOTAL = re.compile(r"test result: \S+ (?P<passed>\d+) passed; (?P<failed>\d+) failed; ")
OUTCOMES = {"ok": "passed", "FAILED": "failed", "ignored": "skipped"}


@dataclass(slots=True)
class Block:
    """One crate's tests. `path` is its root file; None for tests in documentation.

    `total` are the counts of passed and failed tests that end it; None if it never ended.
    `died` is what cargo says of that.
    """

    path: str | None
    outcomes: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    heard: dict[str, Heard] = field(default_factory=dict)
    total: tuple[int, int] | None = None
    died: str | None = None

    @property
    def sound(self) -> bool:
        """Whether no more tests are said to have passed than there were."""
        passed = list(self.outcomes.values()).count("passed")
        return self.total is None or passed <= self.total[0]


class Output:
    """Takes the lines one by one."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.before: list[str] = []  # the errors of the compiler
        self._printed = False  # after the outcomes: what tests printed
        self._succeeded = False
        self._heard: Heard | None = None
        self._open: tuple[str, re.Match[str] | None] | None = None  # a line that goes on

    def add(self, line: str) -> bool:
        """Whether a reader wants to see the line."""
        running, documented = RUNNING.match(line), DOCUMENTED.match(line)
        if running or documented:
            self._open = None  # its crate ended before it did
            self.blocks.append(Block(running["path"] if running else None))
            self._printed = self._succeeded = False
            self._heard = None
            return True
        if not self.blocks:
            self.built(line)
            return True
        block = self.blocks[-1]
        block.died = block.died or died(line)
        return self._print(line, block) if self._printed else self._outcome(line, block)

    def built(self, line: str) -> None:
        """A line of the compiler, or of cargo itself: kept where it tells of an error."""
        if len(self.before) < MOST_LINES and tells(line):
            self.before.append(line)

    def _outcome(self, line: str, block: Block) -> bool:
        test = TEST.match(line)
        if line in ("successes:", "failures:"):
            self._settle()
            self._printed, self._succeeded = True, line == "successes:"
        elif test:
            self._settle()
            ended = ENDED.match(test["rest"])
            if ended:
                _take(block, test["name"], ended)
            else:
                self._open = test["name"], None
        elif self._open:
            self._open = self._open[0], ENDED.match(line) or self._open[1]
        self._total(line, block)
        return not (self._printed and self._succeeded)

    def _settle(self) -> None:
        """A test that printed on its own line ended as the last line said that said so."""
        if self._open and self._open[1]:
            _take(self.blocks[-1], self._open[0], self._open[1])
        self._open = None

    def _print(self, line: str, block: Block) -> bool:
        """A line of what the tests printed, each under its name."""
        section = SECTION.match(line)
        if section and section["name"] in block.outcomes and section["name"] not in block.heard:
            self._heard = block.heard[section["name"]] = Heard()
        elif line in ("successes:", "failures:"):
            self._heard, self._succeeded = None, line == "successes:"
        elif self._heard is not None:
            return self._heard.add(line) and not self._succeeded
        self._total(line, block)
        return not self._succeeded

    def _total(self, line: str, block: Block) -> None:
        total = TOTAL.match(line)
        if total:
            self._settle()
            block.total = int(total["passed"]), int(total["failed"])
            self._succeeded = False

    def end(self) -> Iterator[Block]:
        """The blocks, when nothing more comes. Where more passed than were counted, none did."""
        for block in self.blocks:
            if not block.sound:
                failed = {n: o for n, o in block.outcomes.items() if o != "passed"}
                block.outcomes = failed
            yield block


def _take(block: Block, name: str, ended: re.Match[str]) -> None:
    if block.outcomes.get(name) != "failed":
        block.outcomes[name] = OUTCOMES[ended["what"]]
    if ended["why"]:
        block.reasons[name] = ended["why"]
