"""Runs one tool and looks at what it left: every selected test has a result, or a reason."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Ending, Run
from adr_lsp.run.process import CannotStart
from adr_lsp.run.recording import Recording
from adr_lsp.run.recording.store import FOLDER, run_files
from adr_lsp.run.said import Said
from adr_lsp.run.starting import start
from adr_lsp.run.tool import Ended, Selected, ToolRun
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """How one start went. `kept` are the evidence files that it left, relative to the root.

    `without` are the selected tests that have no result; `reason` says why. `fault`: the tool
    could not start, or recorded nothing at all.
    """

    run: ToolRun
    kept: tuple[str, ...] = ()
    without: tuple[Selected, ...] = ()
    reason: str = ""
    fault: bool = False
    cancelled: bool = False


def execute(
    root: Path,
    run: ToolRun,
    *,
    seconds: float,
    coverage: bool,
    on_line: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Done:
    """Run a tool; what it died on, or hung on, is recorded as errors of its tests."""
    before = run_files(root)
    said = Said()

    def each(line: str) -> None:
        said.add(line)
        on_line(line)

    try:
        ended = start(
            root, run, seconds=seconds, coverage=coverage, on_line=each, cancelled=cancelled
        )
    except (CannotStart, OSError) as fault:
        return Done(run, without=run.tests, reason=f"could not start: {fault}", fault=True)
    runs = list(_new_runs(root, before))
    kept = tuple(each.file for each in runs)
    if ended.cancelled:
        return Done(run, kept, cancelled=True)
    sign, absent = run.absent
    if absent and not runs and said.first().endswith(sign):
        return Done(run, without=run.tests, reason=absent, fault=True)
    without = tuple(_without_result(run.tests, runs))
    reason = _reason(ended, runs, seconds, said)
    recorded_nothing = not any(each.results or each.collect_errors for each in runs)
    if without and (recorded_nothing or not _orderly(ended, runs)):
        with suppress(OSError):
            kept += _record_errors(root, run, without, runs, reason, ended)
    return Done(run, kept, without, reason if without else "", recorded_nothing)


def _new_runs(root: Path, before: frozenset[str]) -> Iterator[Run]:
    for name in sorted(run_files(root) - before):
        path = f"{FOLDER}/evidence/{name}"
        with suppress(OSError):
            found = read_run(path, (root / path).read_bytes(), alive=False)
            if found:
                yield found


def _without_result(tests: Iterable[Selected], runs: Iterable[Run]) -> Iterator[Selected]:
    runs = list(runs)
    told = {result.test for run in runs for result in run.results}
    paths = {test.partition("::")[0] for test in told}
    broken = {path for run in runs for path in run.collect_errors}
    for test in tests:
        names = (test.name, *test.aliases)
        ids = {f"{test.path}::{name}{end}" for name in names for end in ("", "::runTest")}
        answered = ids & told if test.name else test.path in paths
        if not answered and test.path not in broken:
            yield test


def _orderly(ended: Ended, runs: Iterable[Run]) -> bool:
    """Whether the tool came to its end, and what it recorded did too."""
    whole = any(run.ending is Ending.ENDED for run in runs)
    return whole and ended.code is not None and ended.code >= 0


def _reason(ended: Ended, runs: list[Run], seconds: float, said: Said) -> str:
    if ended.too_long:
        return f"it had not ended after {seconds:g} s (run.time-limit)"
    if ended.code is not None and ended.code < 0:
        with suppress(ValueError):
            return f"it was killed by {signal.Signals(-ended.code).name}"
    if not any(run.results or run.collect_errors for run in runs):
        why = f": {said.first()}" if said.first() else " and said nothing"
        return f"it recorded no run; it ended with exit code {ended.code}{why}"
    if not _orderly(ended, runs):
        why = f": {said.last()}" if said.last() else ""
        return f"it died with exit code {ended.code}{why}"
    return "it ran, but not these tests"


def _record_errors(
    root: Path,
    run: ToolRun,
    tests: Iterable[Selected],
    runs: list[Run],
    reason: str,
    ended: Ended,
) -> tuple[str, ...]:
    """Say in the evidence that these tests were to run, and why they have no result."""
    before = run_files(root)
    recording = Recording(root, run.tool, run.words, run.project)
    recording.rests_on(dict.fromkeys(test.path for test in tests))
    for known in runs[-1:]:  # as its own recorder sees it: what that says later counts
        recording.environment |= {
            "python": known.environment.python,
            "implementation": known.environment.implementation,
            "platform": known.environment.platform,
            "versions": known.environment.versions,
        }
    message = f"{run.tool}: {reason}"
    for test in tests:
        if test.name:
            recording.result(test.id, "error", message=message, error="crash")
        else:
            recording.collect_error(test.path, message)
    recording.end(ended.code)
    return tuple(f"{FOLDER}/evidence/{name}" for name in sorted(run_files(root) - before))
