"""What a root is made of, and what was left out: for the question why something is not seen."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields

from adr_lsp.config import Config
from adr_lsp.evidence.model import Ending
from adr_lsp.features.age import age
from adr_lsp.record.discovery import has_key
from adr_lsp.record.key import stem_of
from adr_lsp.record.pages import is_about_the_log
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.past import runs_of

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
        _configuration(snapshot.config),
        *_logs(snapshot),
        *_left_out(snapshot),
        _references(snapshot),
        *_evidence(snapshot),
    ]


def _configuration(config: Config) -> Line:
    if config.path is None:
        return Line("note", "configuration", "none; every setting has its default")
    problems = tuple(f"{p.path}:{p.range.start.line + 1}: {p.message}" for p in config.problems)
    default = Config()
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
        yield Line("bad", "records", "none found", _sought(snapshot.config))
    for log, count in sorted(logs.items()):
        declared = [r for r in snapshot.log if r.log == log and any(i.id for i in r.invariants)]
        said = f"{_counted(count, 'record')}, {len(declared)} with invariants"
        yield Line("ok", f"log {log or '.'}", said)


def _sought(config: Config) -> tuple[str, ...]:
    return tuple(f"no file matches {glob}" for glob in config.records)


def _left_out(snapshot: Snapshot) -> Iterator[Line]:
    """Markdown files in a log that count as no record, with the reason that their name gives."""
    logs = {record.log for record in snapshot.log}
    left = [
        path
        for path in sorted(snapshot.tree.paths())
        if path.lower().endswith((".md", ".mdx"))
        and path not in snapshot.log.records
        and any(not log or path.startswith(f"{log}/") for log in logs)
    ]
    if left:
        shown = tuple(f"{path}: {_reason(path)}" for path in left[:MOST])
        more = (f"and {len(left) - MOST} more",) if len(left) > MOST else ()
        none = "is no record" if len(left) == 1 else "are no records"
        said = f"{_counted(len(left), 'file')} in these logs {none}"
        yield Line("note", "not records", said, shown + more)


def _reason(path: str) -> str:
    if is_about_the_log(path):
        return "about the log"
    if not has_key(stem_of(path)):
        name = posixpath.basename(path).lower()
        about = any(word in name for word in ("readme", "index", "template", "summary", "toc"))
        return "about the log" if about else "no number or date in its name"
    return "excluded, or a template by its name or text"


def _references(snapshot: Snapshot) -> Line:
    declared = [(r, i) for r in snapshot.log for i in r.invariants if i.id]
    linked = sum(bool(tests_of(snapshot, record, invariant)) for record, invariant in declared)
    named = [(path, ref) for path, refs in snapshot.references.by_path.items() for ref in refs]
    lost = [
        f"{path}:{ref.range.start.line + 1}: {ref.key}/{ref.id} leads nowhere"
        for path, ref in named
        if ref.id and snapshot.log.resolve(ref.key, ref.id, path).invariant is None
    ]
    files = len(snapshot.references.by_path)
    said = (
        f"{_counted(len(named), 'reference')} in {_counted(files, 'file')} of code; "
        f"{linked} of {_counted(len(declared), 'invariant')} have a test"
    )
    return Line("bad" if lost else "ok", "references", said, tuple(lost[:MOST]))


def _evidence(snapshot: Snapshot) -> Iterator[Line]:
    runs = runs_of(snapshot)
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
        yield Line("bad", "evidence", said, snapshot.unreadable[:MOST])


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
    return (said, *(f"never ran: {name}" for name in missed[:MOST]))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
