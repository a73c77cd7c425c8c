"""A way of verifying that is the team's own: files, a command, and the report that it writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from adr_lsp import sources
from adr_lsp.config import Config
from adr_lsp.config.model import OwnMethod
from adr_lsp.evidence import read_run
from adr_lsp.evidence.decode import RECORDED
from adr_lsp.evidence.model import Ending, Outcome, Result
from adr_lsp.evidence.reports import read_junit
from adr_lsp.evidence.reports.join import join, of_whole_files
from adr_lsp.evidence.reports.limits import limit
from adr_lsp.evidence.reports.model import Known, Unreadable
from adr_lsp.evidence.reports.places import Places
from adr_lsp.record.discovery import matches
from adr_lsp.run.recording import Recording
from adr_lsp.run.recording.content import files_below, read_regular
from adr_lsp.run.tool import Asked, Command, Ended, Missing, Tool, ToolRun
from adr_lsp.sources.model import Source

FILES = "{files}"
PLAIN = "plain"  # a language of which only comments are known
LARGEST = 64 * 1024 * 1024
FAULTS = frozenset((Outcome.FAILED, Outcome.ERROR, Outcome.FLAKY, Outcome.XPASSED))
DOUBT = "it ended with exit code {code}, though its report tells of no failure"


def own_tool(method: OwnMethod) -> Tool:
    """One of `run.methods` as a tool, by its name."""

    def project_of(root: Path, _config: Config, path: str, _source: Source | None) -> Path | None:
        return root if runs(method, path) else None

    return Tool(method[0], project_of, lambda asked: _plan(asked, method))


def runs(method: OwnMethod, path: str) -> bool:
    """Whether a file is one that the method runs."""
    return matches(path, method[1])


def _plan(asked: Asked, method: OwnMethod) -> ToolRun | Missing:
    name, _, command, _, _ = method
    paths = list(dict.fromkeys(test.path for test in asked.tests))
    words = [word for given in command for word in (paths if given == FILES else [given])]
    return ToolRun(
        tool=name,
        project=asked.root,
        command=Command((words[0],), f"run.methods.{name}"),
        arguments=tuple(words[1:]),
        tests=asked.tests,
        watch=lambda run: _Watch(asked.root, run, method),
    )


class _Watch:
    """The report is read when the command has ended; one that was there before does not count."""

    def __init__(self, root: Path, run: ToolRun, method: OwnMethod) -> None:
        self.root, self.run = root, run
        self._report, self._format = root / method[3], method[4]
        self._before = _stamp(self._report)
        self.recording = Recording(root, run.tool, run.words, run.project)
        everything = files_below(root, ("",), lambda _folder, _names: False)
        self._files = [path for path in everything if runs(method, path)]
        self.recording.rests_on([*self._files, *(test.path for test in run.tests)])

    def begin(self, process: int) -> None:
        self.recording.process = process

    def line(self, _line: str) -> bool:
        return True

    def end(self, ended: Ended) -> None:
        try:
            stamp = _stamp(self._report)
            if not ended.cancelled and stamp is not None and stamp != self._before:
                self._tell(ended)
        finally:
            self.recording.close()

    def _tell(self, ended: Ended) -> None:
        """Of a command that was stopped or died, only faults count."""
        found, has_faults = self._read(read_regular(self._report, LARGEST) or b"")
        came_to_its_end = ended.code is not None and ended.code >= 0
        doubt = DOUBT.format(code=ended.code) if ended.code and not has_faults else ""
        for result in found:
            is_fault = result.outcome in FAULTS
            if doubt and came_to_its_end and not is_fault:
                self.recording.result(result.test, "error", message=doubt, error="crash")
            elif is_fault or came_to_its_end:
                self.recording.result(result.test, result.outcome.value, **_fields(result))
        if came_to_its_end:
            self.recording.end(ended.code)

    def _read(self, raw: bytes) -> tuple[list[Result], bool]:
        """What the report tells of these tests, and whether anything in it failed."""
        results, outcomes = self._results(raw)
        known = [each for each in results if each.outcome in RECORDED.values()]
        return known, not FAULTS.isdisjoint(outcomes)

    def _results(self, raw: bytes) -> tuple[Iterable[Result], Iterable[Outcome]]:
        if self._format == "jsonl":
            found = read_run(self._report.name, raw, alive=False)
            results: tuple[Result, ...] = found.results if found else ()
            if found and found.ending is not Ending.ENDED:
                results = tuple(each for each in results if each.outcome in FAULTS)
            return results, [each.outcome for each in results]
        report = read_junit(raw)
        if isinstance(report, Unreadable):
            return (), ()
        paths = frozenset(self.recording.content.digests)
        places = Places(paths, lambda path: read_regular(self.root / path))
        joined = [
            *join(report, self._known(), places).results,
            *of_whole_files(report, self._whole(), places),
        ]
        outcomes = [case.outcome for case in report.cases]
        return joined, [*outcomes, *(result.outcome for result in joined)]

    def _known(self) -> Mapping[str, tuple[Known, ...]]:
        return {path: tuple(self._tests(path)) for path in self.recording.content.digests}

    def _tests(self, path: str) -> Iterable[Known]:
        source = sources.read(path, read_regular(self.root / path) or b"")
        if source is not None and source.language != PLAIN:
            return (Known(t.name, t.aliases, limit(source, t), True) for t in source.tests)
        return (Known(test.name) for test in self.run.tests if test.path == path and test.name)

    def _whole(self) -> frozenset[str]:
        """The files that are verified as they are: nobody tells tests in them apart."""
        asked = {test.path for test in self.run.tests if not test.name}
        read = {path: sources.read(path, read_regular(self.root / path) or b"") for path in asked}
        return frozenset(path for path, s in read.items() if s is None or s.language == PLAIN)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _fields(result: Result) -> dict[str, Any]:
    """A result's other fields, as the format has them."""
    cases, example = result.cases, result.counterexample
    found: dict[str, Any] = {
        "parameter": result.parameter,
        "duration": result.duration,
        "message": result.message,
    }
    if result.error:
        found["error"] = result.error
    if cases:
        found["cases"] = {
            "accepted": cases.accepted,
            "rejected": cases.rejected,
            "failed": cases.failed,
            "phases": dict(cases.phases),
            "max_examples": cases.max_examples,
            "exhausted": cases.exhausted,
        }
    if example:
        values = dict(example.values) if example.values is not None else None
        found["counterexample"] = {"text": example.text, "values": values}
    if result.location:
        found["location"] = list(result.location)
    return found
