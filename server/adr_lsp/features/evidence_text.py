"""Everything that the evidence says of one invariant, in lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adr_lsp.evidence.model import Run
from adr_lsp.features.age import age
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import Judged
from adr_lsp.record import Invariant
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.reported import reported
from adr_lsp.snapshot.test_standing import TestStanding


def evidence_text(snapshot: Snapshot, judged: Judged) -> str:
    """For a terminal; each line safe to print."""
    return "".join(f"  {safe(line)}\n" for line in evidence_lines(snapshot, judged))


def evidence_lines(snapshot: Snapshot, judged: Judged) -> Iterable[str]:
    standing = judged.standing
    if standing.reason:
        yield f"reason: {standing.reason}"
    for test in standing.tests:
        yield f"test: {test.id}: {_outcome(test)}"
        if test.forgotten:
            yield f"forgotten: it failed on the same code before: {test.forgotten}"
    if standing.counterexample:
        for line in standing.counterexample.text.splitlines():
            yield f"counterexample: {line}"
    for change in standing.changes:
        yield f"changed: {change}"
    if standing.run:
        yield f"run: {run_line(snapshot, standing.run)}"
    for path, lines in standing.covered.items():
        yield f"covered: {path}: {spans(lines)}"
    yield from _whole_runs(snapshot, judged.invariant)


def _whole_runs(snapshot: Snapshot, invariant: Invariant) -> Iterator[str]:
    """Which lines of its targets ran at all, as reports tell that know no tests."""
    modules = [target.text.strip("` ").partition(":")[0] for target in invariant.targets]
    for report, lines in reported(snapshot).whole.items() if modules else ():
        for path, ran in lines.items():
            if any(_is_of(path, module) for module in modules):
                yield f"ran in the whole run: {path}: {spans(ran)} ({report})"


def _is_of(path: str, module: str) -> bool:
    """Whether a file is the module that a target names, by its path or with dots."""
    plain = path.rpartition(".")[0]
    dotted = module.replace(".", "/")
    return module == path or plain == dotted or plain.endswith(f"/{dotted}")


def _outcome(test: TestStanding) -> str:
    cases = "" if test.cases is None else f", {plural(test.cases, 'case')}"
    return f"{test.outcome}{cases}{' (vacuous: ' + test.vacuous + ')' if test.vacuous else ''}"


def run_line(snapshot: Snapshot, run: Run) -> str:
    """Tool, interpreter, commit, age and file: what a reader needs to doubt it."""
    commit = f"commit {run.commit[:10]}, " if run.commit else ""
    ran_by = f"{run.environment.shown}, " if run.environment.shown else ""
    tool = f"{run.tool} {run.tool_version}".rstrip() + f", {ran_by}{commit}"
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
