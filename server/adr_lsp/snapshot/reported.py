"""What reports of other tools tell of the tests that stand here now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from adr_lsp.evidence.history import SESSION, Entry
from adr_lsp.evidence.model import Ending, Environment, Result, Run
from adr_lsp.evidence.reports.model import Filed, Known, Unreadable
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.evidence.reports.model import Report

    Read = tuple[Filed, Report]
    Covered = tuple[datetime, Mapping[str, frozenset[int]]]


@dataclass(frozen=True, slots=True)
class Reported:
    """`runs` are the reports with results of tests that stand here, as runs that kept nothing;
    `ambiguous` the cases that may be any of several tests, by the report's path. `under` are the
    lines that ran under a test (and parameter), where a report of coverage tells; `whole` those
    that ran in a whole run, by the report's path.
    """

    runs: tuple[Run, ...] = ()
    under: Mapping[tuple[str, str | None], tuple[Covered, ...]] = field(default_factory=dict)
    whole: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def readable(snapshot: Snapshot) -> Iterator[Read]:
    """The reports that could be read, with what they tell."""
    for filed in snapshot.reports:
        if not isinstance(filed.report, Unreadable):
            yield filed, filed.report


def reported(snapshot: Snapshot) -> Reported:
    """Every report joined with the tests of the snapshot, once."""
    if "reported" not in snapshot.memo:
        snapshot.memo["reported"] = _joined(snapshot) if snapshot.reports else Reported()
    found: Reported = snapshot.memo["reported"]
    return found


def _joined(snapshot: Snapshot) -> Reported:
    from adr_lsp.evidence.reports.join import join, placed, under_tests
    from adr_lsp.evidence.reports.places import Places

    places, tests = Places(snapshot.tree.paths(), snapshot.tree.read), _Tests(snapshot)
    runs, ambiguous, whole = [], {}, {}
    under: dict[tuple[str, str | None], list[Covered]] = {}
    for filed, report in readable(snapshot):
        joined = join(report, tests, places)
        if joined.results:
            runs.append(_run(filed, report, joined.results))
        if joined.ambiguous:
            ambiguous[filed.path] = tuple(dict.fromkeys(joined.ambiguous))
        if report.lines:
            whole[filed.path] = placed(report.lines, places)
        for test, lines in under_tests(report, tests, places):
            under.setdefault(test, []).append((_started(filed, report), lines))
    by_test = {test: tuple(told) for test, told in under.items()}
    return Reported(tuple(runs), by_test, whole, ambiguous)


def _run(filed: Filed, report: Report, results: Sequence[Result]) -> Run:
    """A run that kept no content. A file cannot tell of what came after it was written."""
    return Run(
        file=filed.path,
        tool=report.tool,
        tool_version="",
        argv=(),
        started=_started(filed, report),
        commit=None,
        environment=Environment(platform=filed.path),  # each report is of a machine of its own
        ending=Ending.ENDED,
        content={},
        changed=frozenset(),
        parameters={},
        narrowed=frozenset(),
        results=tuple(results),
        collect_errors={},
        coverage=None,
        reported=True,
    )


def _started(filed: Filed, report: Report) -> datetime:
    return min(report.started or filed.written, filed.written)


def lines_under(snapshot: Snapshot, entry: Entry) -> Mapping[str, frozenset[int]]:
    """The lines that reports say ran under a result of a report, in the same run of CI. They are
    numbered as they were then, which nobody can tell from now."""
    key = entry.result.test, entry.result.parameter
    lines: dict[str, frozenset[int]] = {}
    for started, told in reported(snapshot).under.get(key, ()) if entry.run.reported else ():
        if abs(started - entry.run.started) <= SESSION:
            lines |= {path: lines.get(path, frozenset()) | ran for path, ran in told.items()}
    return lines


class _Tests(Mapping[str, Sequence[Known]]):
    """The tests of each file that a report names: those of its source, where that is read, else
    those that records name."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[str, tuple[Known, ...]] = {}

    def __getitem__(self, path: str) -> Sequence[Known]:
        if path not in self._known:
            self._known[path] = tuple(_known(self._snapshot, path))
        if not self._known[path]:
            raise KeyError(path)
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._snapshot.sources)

    def __len__(self) -> int:
        return len(self._snapshot.sources)


def _known(snapshot: Snapshot, path: str) -> Iterator[Known]:
    from adr_lsp.evidence.reports.limits import limit
    from adr_lsp.snapshot.tests import named_by_records, source_of

    source = snapshot.sources.get(path)
    names = named_by_records(snapshot, path)
    if source is None and names:
        source = source_of(snapshot, path)
    if source is None:
        yield from (Known(name) for name in names)
        return
    for test in source.tests:
        yield Known(test.name, test.aliases, limit(source, test), read=True)
