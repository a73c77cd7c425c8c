"""What a report tells, before anybody asks which test of the tree it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from adr_lsp.evidence.model import Cases, Counterexample, Outcome
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no report that can be read; `line` counts from 1, None for all of it."""

    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a test may stand: `kind` is `file`, `crate` (a binary of one), `package`, `class` or
    `script` (some file of JavaScript, nobody says which). `names` are its scopes and its own, none
    where all of the file is meant; `flat`: they are one text, joined as the tool joins titles.
    """

    kind: str
    place: str
    names: tuple[str, ...]
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One testcase as the tool printed it.

    `suites` are the names of the suites around it, from the outermost; `suite` is the number of
    the innermost in the report. `outcome` is never better than the report earns: of several
    reports on one test, any failure counts, and a pass after one is flaky. `doubtful`: the source
    alone can tell that it passed. `spots` are where its test may stand, the likeliest first.
    """

    name: str
    classname: str
    file: str
    suites: tuple[str, ...]
    suite: int
    outcome: Outcome
    message: str = ""
    error: str | None = None
    duration: float = 0.0
    cases: Cases | None = None
    counterexample: Counterexample | None = None
    doubtful: bool = False
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A test of the tree. `limit` is the best that its source lets a pass be (a test that is
    marked as one to fail), None where it may pass; `read`: its source is known."""

    name: str
    aliases: tuple[str, ...] = ()
    limit: Outcome | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What one file tells: cases, or lines that ran.

    `tool` is the dialect (`pytest`, `vitest`, `jest`, `node`, `nextest`, `gotestsum`, `surefire`),
    `junit` where nothing tells. `lines` are the lines that ran in the whole run, by path as
    printed; `contexts` those of one context each, where the format tells them apart.
    """

    tool: str
    started: datetime | None
    cases: tuple[Case, ...] = ()
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    contexts: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that the configuration names as a report: its path, relative to the root, what it
    tells, and when it was written."""

    path: str
    report: Report | Unreadable
    written: datetime

    @property
    def unreadable(self) -> bool:
        return isinstance(self.report, Unreadable)

    @property
    def has_results(self) -> bool:
        """Whether it tells how tests went, and not only which lines ran."""
        return isinstance(self.report, Report) and bool(self.report.cases)
