"""Everything that the evidence says of one invariant, in lines."""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.evidence.model import Run
from adr_lsp.features.age import age
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import Judged
from adr_lsp.snapshot import Snapshot, Standing
from adr_lsp.snapshot.test_standing import TestStanding


def evidence_text(snapshot: Snapshot, judged: Judged) -> str:
    """For a terminal; each line safe to print."""
    return "".join(f"  {safe(line)}\n" for line in evidence_lines(snapshot, judged.standing))


def evidence_lines(snapshot: Snapshot, standing: Standing) -> Iterable[str]:
    if standing.reason:
        yield f"reason: {standing.reason}"
    for test in standing.tests:
        yield f"test: {test.path}::{test.name}: {_outcome(test)}"
    if standing.counterexample:
        for line in standing.counterexample.text.splitlines():
            yield f"counterexample: {line}"
    for change in standing.changes:
        yield f"changed: {change}"
    if standing.run:
        yield f"run: {run_line(snapshot, standing.run)}"
    for path, lines in standing.covered.items():
        yield f"covered: {path}: {spans(lines)}"


def _outcome(test: TestStanding) -> str:
    cases = "" if test.cases is None else f", {test.cases} cases"
    return f"{test.outcome}{cases}{' (vacuous: ' + test.vacuous + ')' if test.vacuous else ''}"


def run_line(snapshot: Snapshot, run: Run) -> str:
    """Tool, interpreter, commit, age and file: what a reader needs to doubt it."""
    commit = f"commit {run.commit[:10]}, " if run.commit else ""
    ran_by = f"{run.environment.shown}, " if run.environment.shown else ""
    tool = f"{run.tool} {run.tool_version}, {ran_by}{commit}"
    passed = age(run.started, snapshot.now)
    return f"{tool}{passed if passed == 'now' else passed + ' ago'}, {run.file}"


def spans(lines: Iterable[int]) -> str:
    """`3-5, 9`."""
    parts: list[list[int]] = []
    for line in sorted(lines):
        if parts and line == parts[-1][1] + 1:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in parts)
