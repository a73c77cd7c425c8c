"""What reports of other tools tell, and what of it counts for no test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from adr_lsp.evidence.reports.model import Unreadable
from adr_lsp.features.age import age
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reported import readable, reported

Said = tuple[str, str, list[str]]


def reports(snapshot: Snapshot) -> Iterator[Said]:
    """A mark, a sentence and its details, for each thing worth saying."""
    told, found = list(readable(snapshot)), reported(snapshot)
    if told:
        files = len({filed.path for filed, _ in told})
        cases = sum(len(report.cases) for _, report in told)
        linked = {result.test for run in found.runs for result in run.results}
        said = f"{_counted(files, 'file')} read, with {_counted(cases, 'case')}; "
        said += f"{_counted(len(linked), 'test')} of linked files among them"
        yield "ok", said, list(_each(snapshot))
    several = [f"{path}: {name}" for path, names in found.ambiguous.items() for name in names]
    if several:
        said = f"{_counted(len(several), 'case')} may be any of several tests, and count for none"
        yield "note", said, several
    faults = [
        f"{filed.path}{f':{filed.report.line}' if filed.report.line else ''}: {filed.report.reason}"
        for filed in snapshot.reports
        if isinstance(filed.report, Unreadable)
    ]
    if faults:
        yield "bad", f"{_counted(len(faults), 'file')} cannot be read", faults


def _each(snapshot: Snapshot) -> Iterator[str]:
    """Each file: the tool, how its cases went, the lines that ran, and when."""
    for filed, report in readable(snapshot):
        outcomes = Counter(case.outcome.value for case in report.cases)
        parts = [f"{count} {outcome}" for outcome, count in sorted(outcomes.items())]
        if report.lines:
            lines = sum(map(len, report.lines.values()))
            parts.append(f"{_counted(lines, 'line')} of {_counted(len(report.lines), 'file')} ran")
        ran = age(min(report.started or filed.written, filed.written), snapshot.now)
        when = "now" if ran == "now" else f"{ran} ago"
        yield f"{filed.path}: {report.tool}, {', '.join(parts) or 'nothing ran'}, {when}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
