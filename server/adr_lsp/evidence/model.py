"""Runs and results, as the evidence format has them (`docs/evidence-format.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from adr_lsp.value import dataclass

WHOLE_LINES = ("node", "bun", "deno", "java")  # each minor of these continues the same line


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    FLAKY = "flaky"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    NOT_RUN = "not-run"
    SCAFFOLDED = "scaffolded"


class Verdict(StrEnum):
    """From the worst to the best; the first that applies is an invariant's."""

    FAILED = "failed"
    ERROR = "error"
    FLAKY = "flaky"
    KNOWN_VIOLATION = "known-violation"
    WAIVED = "waived"
    ARGUED = "argued"
    UNVERIFIED = "unverified"
    SCAFFOLDED = "scaffolded"
    STALE = "stale"
    VACUOUS = "vacuous"
    SKIPPED = "skipped"
    NOT_RUN = "not-run"
    UNSIGNED = "unsigned"
    PASSED = "passed"


class Ending(StrEnum):
    """How a run ended; of `RUNNING` and `CUT` runs only failures and errors count."""

    ENDED = "ended"
    RUNNING = "running"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """`text` as the tool printed it; `values` argument → source text, or None if unreadable.

    `seed` and `path` are what fast-check takes to run it again.
    """

    text: str
    values: Mapping[str, str] | None
    seed: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """Generated cases of one result."""

    accepted: int
    rejected: int = 0
    failed: int = 0
    max_examples: int | None = None
    exhausted: bool = False
    phases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """One test, with one parameter, in one run. `test` is `path::name`, without the parameter."""

    test: str
    parameter: str | None
    outcome: Outcome
    duration: float = 0.0
    message: str = ""
    error: str | None = None
    cases: Cases | None = None
    counterexample: Counterexample | None = None
    replayed: tuple[Counterexample, ...] = ()
    location: tuple[str, int] | None = None

    @property
    def path(self) -> str:
        return self.test.partition("::")[0]

    @property
    def name(self) -> str:
        return self.test.partition("::")[2]


@dataclass(frozen=True, slots=True)
class Environment:
    """Where a run happened; `versions` digests everything that was installed there.

    `runtime` is what ran the tests, with its version (`node 24.19.0`); runs under Python name it
    as `python` and `implementation`.
    """

    python: str = ""
    platform: str = ""
    versions: str = ""
    implementation: str = ""
    runtime: str = ""

    @property
    def lane(self) -> tuple[str, str]:
        """Release line and platform: the latest result of each lane counts."""
        if not self.runtime:
            return ".".join(self.python.split(".")[:2]), self.platform
        name, _, version = self.runtime.partition(" ")
        parts = version.split(".")[: 1 if name in WHOLE_LINES else 2]
        return f"{name} {'.'.join(parts)}", self.platform

    @property
    def shown(self) -> str:
        """What ran the tests, for people; empty if unknown."""
        return self.runtime or (f"Python {self.python}" if self.python else "")


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a test tool. `file` is the evidence file's path, relative to the root.

    `content`: path → SHA-256 of what it rests on. `coverage`: (test, parameter) → path → lines;
    None where coverage is unknown. `torn` counts the lines that could not be read.
    `measured` are the files that coverage looked at, None where that is not told. `reported`: it is
    no file of ours, but a report of another tool. `forgotten`: test → why somebody wants its
    earlier failures forgotten. `by_test` has the results of each test, in the order of the file.
    """

    file: str
    tool: str
    tool_version: str
    argv: tuple[str, ...]
    started: datetime
    commit: str | None
    environment: Environment
    ending: Ending
    content: Mapping[str, str]
    changed: frozenset[str]
    parameters: Mapping[str, tuple[str, ...]]
    narrowed: frozenset[str]
    results: tuple[Result, ...]
    collect_errors: Mapping[str, str]
    coverage: Mapping[tuple[str, str | None], Mapping[str, frozenset[int]]] | None
    torn: int = 0
    measured: frozenset[str] | None = None
    reported: bool = False
    forgotten: Mapping[str, str] = field(default_factory=dict)
    by_test: Mapping[str, tuple[Result, ...]] = field(init=False, compare=False, repr=False)

    @property
    def unsigned(self) -> bool:
        """It kept nothing of what it rests on: nobody can tell what it was that passed."""
        return not self.content

    def __post_init__(self) -> None:
        by_test: dict[str, list[Result]] = {}
        for result in self.results:
            by_test.setdefault(result.test, []).append(result)
        joined = {test: tuple(results) for test, results in by_test.items()}
        object.__setattr__(self, "by_test", joined)
