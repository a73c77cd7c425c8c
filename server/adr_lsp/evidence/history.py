"""What all runs say of one test, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from adr_lsp.evidence.model import Ending, Outcome, Result, Run
from adr_lsp.value import dataclass

COLLECTION = "collection"
SESSION = timedelta(hours=1)  # reports that far apart are of one run of CI, in parts
ALWAYS_COUNT = (Outcome.FAILED, Outcome.ERROR, Outcome.FLAKY)
RANK = {
    outcome: rank
    for rank, outcome in enumerate(
        (
            Outcome.FAILED,
            Outcome.ERROR,
            Outcome.FLAKY,
            Outcome.XFAILED,
            Outcome.XPASSED,
            Outcome.SCAFFOLDED,
            Outcome.SKIPPED,
            Outcome.NOT_RUN,
            Outcome.PASSED,
        )
    )
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One result with the run that it comes from; `forgotten` is the reason that somebody gave
    since why an earlier failure need not make a pass flaky."""

    run: Run
    result: Result
    forgotten: str = ""

    @property
    def lane(self) -> tuple[str, str]:
        return self.run.environment.lane


@dataclass(frozen=True, slots=True)
class History:
    """One test's results by parameter, the latest first; without those that do not count.

    `parameters` are those that the test has, as far as runs tell; `(None,)` for a plain test.
    """

    entries: Mapping[str | None, tuple[Entry, ...]]
    parameters: tuple[str | None, ...]


def latest_first(runs: Iterable[Run]) -> tuple[Run, ...]:
    """In the order of their starts, wherever their files stand."""
    return tuple(sorted(runs, key=lambda run: (run.started, run.file), reverse=True))


def history(
    runs: Sequence[Run], path: str, names: Iterable[str], present: str | None = None
) -> History:
    """The history of the test that tools call `path::name`, by any of its names.

    `runs` come the latest first. A collection error of its file is a result of the test.
    `present` is the digest of the file as it is: runs that saw it so know its parameters best.
    """
    tests = [f"{path}::{name}{suffix}" for name in names for suffix in ("", "::runTest")]
    seen: dict[str | None, list[Entry]] = {}
    forgotten = ""
    for run in runs:
        for parameter, result in _of_one_run(run, tests).items():
            if run.ending is Ending.ENDED or result.outcome in ALWAYS_COUNT:
                seen.setdefault(parameter, []).append(Entry(run, result, forgotten))
        forgotten = forgotten or next(filter(None, map(run.forgotten.get, tests)), "")
    as_now = sorted(runs, key=lambda run: run.content.get(path) != present) if present else runs
    own = _all_parameters((run for run in as_now if not run.reported), tests)
    told = (p for run in _last_session(runs, tests) for p in _parameters(run, tests))
    parameters = tuple(dict.fromkeys((*own, *told))) or (None,)
    errors = _not_collected(runs, path, tests[0])
    return History({p: _merged(seen.get(p, []), errors) for p in parameters}, parameters)


def _not_collected(runs: Sequence[Run], path: str, test: str) -> list[Entry]:
    """The collection errors of a file that no later run has mended on its interpreter."""
    errors: list[Entry] = []
    mended: set[tuple[str, str]] = set()
    for run in runs:
        lane = run.environment.lane
        message = collect_error(run, path)
        if message is None and path in run.content:
            mended.add(lane)
        elif message is not None and lane not in mended:
            result = Result(test, None, Outcome.ERROR, message=message, error=COLLECTION)
            errors.append(Entry(run, result))
    return errors


def collect_error(run: Run, path: str) -> str | None:
    """Why the file at `path`, or a folder that it stands in, could not be collected."""
    for failed, message in run.collect_errors.items():
        if path == failed or path.startswith(failed.removesuffix("__init__.py").rstrip("/") + "/"):
            return message
    return None


def _of_one_run(run: Run, tests: list[str]) -> dict[str | None, Result]:
    """The worst result of each parameter: no later report of a run hides an earlier one."""
    worst: dict[str | None, Result] = {}
    for test in tests:
        for result in run.by_test.get(test, ()):
            known = worst.get(result.parameter)
            if known is None or RANK[result.outcome] < RANK[known.outcome]:
                worst[result.parameter] = result
    return worst


def _all_parameters(runs: Iterable[Run], tests: list[str]) -> tuple[str | None, ...]:
    """Those of the first run that selected the whole test, and of the narrower ones before it."""
    found: dict[str | None, None] = {}
    for run in runs:
        known = _parameters(run, tests)
        found |= dict.fromkeys(known)
        if known and _tells_all(run, tests):
            break
    return tuple(found)


def _last_session(runs: Iterable[Run], tests: list[str]) -> Iterator[Run]:
    """The latest reports that tell of a test: those of one run of CI, however many they are."""
    latest = None
    for run in runs:
        if run.reported and any(test in run.by_test for test in tests):
            latest = latest or run.started
            if latest - run.started > SESSION:
                break
            yield run


def _parameters(run: Run, tests: list[str]) -> Sequence[str | None]:
    """The parameters that one run knows of; results of a run that was cut may lack some."""
    collected: list[str | None] = [p for test in tests for p in run.parameters.get(test, ())]
    return collected or list(_of_one_run(run, tests))


def _tells_all(run: Run, tests: list[str]) -> bool:
    """Whether the run selected the whole test, so that older parameters are gone."""
    if run.narrowed.intersection(tests):
        return False
    listed = any(test in run.parameters for test in tests)
    return listed or run.ending is Ending.ENDED


def _merged(own: list[Entry], errors: list[Entry]) -> tuple[Entry, ...]:
    if not errors:
        return tuple(own)
    when = [(entry.run.started, entry.run.file, entry) for entry in (*own, *errors)]
    return tuple(entry for *_, entry in sorted(when, key=lambda item: item[:2], reverse=True))
