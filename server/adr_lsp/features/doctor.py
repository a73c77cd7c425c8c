"""What a root is made of, and what was left out: for the question why something is not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from adr_lsp.config import Config
from adr_lsp.evidence.model import Ending
from adr_lsp.features.age import age
from adr_lsp.features.left_out import could_be_records, left_out
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.past import runs_of
from adr_lsp.sources.model import Reference

MOST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """`mark` is `ok`, `note` (worth knowing) or `bad` (something does not work)."""

    mark: str
    about: str
    said: str
    details: tuple[str, ...] = ()


def doctor(snapshot: Snapshot) -> list[Line]:
    """Configuration, logs, files in logs that are no records, references, evidence."""
    return [
        _configuration(snapshot),
        *_logs(snapshot),
        *_in_part(snapshot),
        *_left_out(snapshot),
        _references(snapshot),
        *_evidence(snapshot),
    ]


def _configuration(snapshot: Snapshot) -> Line:
    config = snapshot.config
    if config.path is None:
        return Line("note", "configuration", "none; every setting has its default")
    problems = [f"{p.path}:{p.range.start.line + 1}: {p.message}" for p in config.problems]
    default = Config()
    for name in ("template", "baseline"):
        path = getattr(config, name)
        if path != getattr(default, name) and not snapshot.tree.exists(path):
            problems.append(f"{name}: {path} is not there")
    given = (
        f"{field.name.replace('_', '-')} = {_value(getattr(config, field.name))}"
        for field in fields(Config)
        if field.name not in ("path", "problems")
        and getattr(config, field.name) != getattr(default, field.name)
    )
    return Line("bad" if problems else "ok", "configuration", config.path, (*given, *problems))


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _logs(snapshot: Snapshot) -> Iterator[Line]:
    logs = Counter(record.log for record in snapshot.log)
    if not logs:
        yield Line("bad", "records", "none found", _first(_sought(snapshot)))
    for log, count in sorted(logs.items()):
        declared = [r for r in snapshot.log if r.log == log and any(i.id for i in r.invariants)]
        said = f"{_counted(count, 'record')}, {len(declared)} with invariants"
        yield Line("ok", f"log {log or '.'}", said)


def _sought(snapshot: Snapshot) -> list[str]:
    if snapshot.config.records:
        return [f"no file matches {glob}" for glob in snapshot.config.records]
    return could_be_records(snapshot)


def _in_part(snapshot: Snapshot) -> Iterator[Line]:
    """Records of which something could not be read."""
    told = [
        f"{record.path}:{problem.range.start.line + 1}: {problem.message}"
        for record in snapshot.log
        for problem in record.problems
    ]
    if told:
        said = f"{_counted(len(told), 'place')} in records could not be read"
        yield Line("bad", "read in part", said, _first(told))


def _left_out(snapshot: Snapshot) -> Iterator[Line]:
    told = left_out(snapshot)
    if told:
        are = "is no record" if len(told) == 1 else "are no records"
        said = f"{_counted(len(told), 'file')} in these logs {are}"
        yield Line("note", "not records", said, _first(told))


def _references(snapshot: Snapshot) -> Line:
    declared = [(r, i) for r in snapshot.log for i in r.invariants if i.id]
    linked = sum(bool(tests_of(snapshot, record, invariant)) for record, invariant in declared)
    named = [(path, ref) for path, refs in snapshot.references.by_path.items() for ref in refs]
    lost = [
        f"{path}:{ref.range.start.line + 1}: {why}"
        for path, ref in named
        if (why := _lost(snapshot, path, ref))
    ]
    files = len(snapshot.references.by_path)
    have = "has" if 1 in (linked, len(declared)) else "have"
    said = (
        f"{_counted(len(named), 'reference')} in {_counted(files, 'file')} of code; "
        f"{linked} of {_counted(len(declared), 'invariant')} {have} a test"
    )
    return Line("bad" if lost else "ok", "references", said, _first(lost))


def _lost(snapshot: Snapshot, path: str, reference: Reference) -> str | None:
    found = snapshot.log.resolve(reference.key, reference.id, path)
    if reference.id is None or found.invariant or reference.guessed:
        return None
    how = "may mean several records" if found.ambiguous else "leads nowhere"
    return f"{reference.key}/{reference.id} {how}"


def _evidence(snapshot: Snapshot) -> Iterator[Line]:
    runs = snapshot.runs and [run for run in runs_of(snapshot) if not run.reported]
    if not runs:
        said = "none read; `adr-lsp run`, or pytest in an environment that has adr-lsp, records it"
        yield Line("note", "evidence", said)
    else:
        cut = sum(run.ending is Ending.CUT for run in runs)
        latest = runs[0]
        said = f"{_counted(len(runs), 'run')} read, {cut} cut"
        ran = age(latest.started, snapshot.now)
        said += f"; the latest {'now' if ran == 'now' else ran + ' ago'}: {latest.file}"
        yield Line("ok", "evidence", said, _matched(snapshot))
    if snapshot.unreadable:
        said = f"no run can be read from {_counted(len(snapshot.unreadable), 'file')}"
        yield Line("bad", "evidence", said, _first(snapshot.unreadable))
    if snapshot.reports:
        from adr_lsp.features.doctor_reports import reports  # most roots have none

        yield from (
            Line(mark, "reports", said, _first(told)) for mark, said, told in reports(snapshot)
        )


def _matched(snapshot: Snapshot) -> tuple[str, ...]:
    """How many tests of the runs an invariant names."""
    ran = {test for run in snapshot.runs for test in run.by_test}
    linked = {
        f"{test.path}::{test.name}"
        for record in snapshot.log
        for invariant in record.invariants
        for test in tests_of(snapshot, record, invariant)
    }
    missed = sorted(linked - {name.partition("[")[0] for name in ran} - ran)
    said = f"{_counted(len(ran), 'test')} ran; {len(linked)} are linked to invariants"
    return (said, *_first([f"never ran: {name}" for name in missed]))


def _first(told: Sequence[str]) -> tuple[str, ...]:
    """Some of them, and how many more there are."""
    more = (f"and {len(told) - MOST} more",) if len(told) > MOST else ()
    return (*told[:MOST], *more)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
