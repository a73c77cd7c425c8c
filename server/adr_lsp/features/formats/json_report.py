"""The stable JSON of a check; `docs/schema/check.schema.json` is its published schema.

Lines and columns count from 1, columns in code points, `end` is exclusive, paths are relative to
the root with `/`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.report import Judged, Report
from adr_lsp.record import Record, Supersession
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position

if TYPE_CHECKING:
    from adr_lsp.features.delta import Delta
    from adr_lsp.snapshot.test_standing import TestStanding

VERSION = 1
SILENCED = ("suppression", "ignore", "baseline")


def json_report(report: Report) -> str:
    return pretty(document(report))


def document(report: Report) -> dict[str, Any]:
    """`delta` is there where `--base` is."""
    return {
        "version": VERSION,
        "summary": summary(report),
        "statistics": dict(report.statistics),
        "records": [record_object(report.snapshot, record) for record in report.records],
        "invariants": [invariant(judged) for judged in report.invariants],
        "findings": [finding(found) for found in report.findings],
        **({"delta": _delta(report.delta)} if report.delta else {}),
    }


def _delta(delta: Delta) -> dict[str, Any]:
    from adr_lsp.features.formats.json_delta import json_delta  # only where there is a base

    new, gone = ([finding(found) for found in side] for side in (delta.new, delta.gone))
    return {**json_delta(delta), "findings": {"new": new, "gone": gone}}


def summary(report: Report) -> dict[str, Any]:
    verdicts, severities = report.verdicts, report.severities
    silenced = Counter(each.by for each in report.silenced)
    return {
        "records": len(report.records),
        "invariants": len(report.invariants),
        "verdicts": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "evidence": {
            "runs": report.runs,
            "reports": report.reports,
            "cut": report.cut,
            "unreadable": report.unreadable,
        },
        "findings": {severity.value: severities[severity] for severity in Severity},
        "silenced": {by: silenced[by] for by in SILENCED},
        "held_back": len(report.held_back),
        "older": report.older,
        "dead": sum(count for _, count in report.dead),
    }


def record_object(snapshot: Snapshot, record: Record) -> dict[str, Any]:
    """One record as `check` and `list` print it."""
    return {
        "key": snapshot.log.key(record),
        "log": record.log,
        "path": record.path,
        "title": record.title,
        "status": record.status.value,
        "status_text": record.status_text,
        "date": record.date,
        "supersedes": _keys(snapshot, record, record.supersedes),
        "superseded_by": _keys(snapshot, record, record.superseded_by),
        "invariants": [invariant.id for invariant in record.invariants],
    }


def _keys(snapshot: Snapshot, record: Record, named: Iterable[Supersession]) -> list[str]:
    """Canonical where the name leads to one record, else as written."""
    keys = []
    for supersession in named:
        found = snapshot.log.resolve(supersession.key, supersession.invariant, record.path)
        key = snapshot.log.key(found.record) if found.record else supersession.key
        keys.append(f"{key}/{supersession.invariant}" if supersession.invariant else key)
    return keys


def invariant(judged: Judged) -> dict[str, Any]:
    """One invariant as `check` and `show` print it."""
    standing, said = judged.standing, judged.invariant
    example = standing.counterexample
    values = dict(example.values) if example and example.values is not None else None
    return {
        "id": said.id,
        "record": judged.record_key,
        "path": said.path,
        "line": said.range.start.line + 1,
        "statement": said.statement,
        "pattern": said.pattern,
        "needs": _needs(judged),
        "verdict": standing.verdict.value,
        "reason": standing.reason,
        "cases": standing.cases,
        "counterexample": {"text": example.text, "values": values} if example else None,
        "tests": [_test(test) for test in standing.tests],
        "covered": {path: list(lines) for path, lines in standing.covered.items()},
    }


def _needs(judged: Judged) -> dict[str, Any] | None:
    """The methods of which one is needed, and who says so: itself, its pattern or the status."""
    need = judged.need
    return {"methods": list(need.methods), "from": need.origin} if need else None


def _test(test: TestStanding) -> dict[str, Any]:
    return {
        "id": f"{test.path}::{test.name}",
        "path": test.path,
        "method": test.method,
        "outcome": test.outcome.value,
        "run": test.run,
        "cases": test.cases,
        "forgotten": test.forgotten or None,
    }


def finding(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "path": found.path,
        "range": {"start": _position(found.range.start), "end": _position(found.range.end)},
        "message": found.message,
        "record": found.record,
        "invariant": found.invariant.rpartition("/")[2] if found.invariant else None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line + 1, "column": position.column + 1}
