"""What a change does, as JSON; the findings of both sides are added where findings are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adr_lsp.diagnostic import Severity
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.delta import Counts, Delta, InvariantChange, RecordChange, VerdictChange


def json_delta(delta: Delta) -> dict[str, Any]:
    return {
        "base": delta.name,
        "before": _counts(delta.before),
        "records": _records(delta),
        "invariants": _invariants(delta),
        "taken_numbers": [
            {"key": each.record.key, "path": each.record.path, "there": each.there.path}
            for each in delta.taken
        ],
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "records": counts.records,
        "invariants": counts.invariants,
        "verdicts": {verdict.value: counts.verdicts[verdict] for verdict in Verdict},
        "findings": {severity.value: counts.findings[severity] for severity in Severity},
    }


def _records(delta: Delta) -> dict[str, Any]:
    return {
        "added": [_place(each) for each in delta.added_records],
        "removed": [_place(each) for each in delta.removed_records],
        "renamed": [
            {**_place(each), "old_path": each.old.path if each.old else ""}
            for each in delta.renamed_records
        ],
        "status": [
            {**_place(each), "old": each.old.status_text, "new": each.new.status_text}
            for each in delta.restatused_records
            if each.old and each.new
        ],
    }


def _invariants(delta: Delta) -> dict[str, Any]:
    return {
        "added": _said(delta.added),
        "removed": _said(delta.removed),
        "reworded": [
            {**_place(each), "old": each.old.statement, "new": each.new.statement}
            for each in delta.reworded
            if each.old and each.new
        ],
        "renamed": [
            {**said, "old_key": each.old_key}
            for each, said in zip(delta.renamed, _said(delta.renamed), strict=True)
        ],
        "lost": [_verdict(each) for each in delta.lost],
        "proven": [_verdict(each) for each in delta.proven],
    }


def _place(change: RecordChange | InvariantChange | VerdictChange) -> dict[str, Any]:
    return {"key": change.key, "path": change.path}


def _said(changes: Iterable[InvariantChange]) -> list[dict[str, Any]]:
    told = ((change, change.new or change.old) for change in changes)
    return [{**_place(c), "statement": of.statement if of else ""} for c, of in told]


def _verdict(change: VerdictChange) -> dict[str, Any]:
    return {
        **_place(change),
        "statement": change.invariant.statement,
        "old": change.old.value,
        "new": change.new.value,
        "reason": change.reason,
    }
