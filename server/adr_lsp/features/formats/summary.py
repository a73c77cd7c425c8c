"""The denominators, in one line."""

from __future__ import annotations

from adr_lsp.evidence.model import Verdict
from adr_lsp.features.report import Report


def summary(report: Report) -> str:
    """`14 records, 31 invariants: 22 passed, 2 stale, 1 failed; 3 runs read, 1 cut`."""
    counts = report.verdicts
    verdicts = ", ".join(f"{counts[v]} {v}" for v in reversed(Verdict) if counts[v])
    invariants = _count(len(report.invariants), "invariant")
    said = f"{_count(len(report.records), 'record')}, {invariants}"
    return f"{said}{': ' + verdicts if verdicts else ''}; {_evidence(report)}"


def _evidence(report: Report) -> str:
    if not report.runs and not report.unreadable:
        return "evidence: none read"
    parts = [f"{_count(report.runs, 'run')} read"]
    parts += [f"{report.cut} cut"] if report.cut else []
    parts += [f"{report.unreadable} unreadable"] if report.unreadable else []
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
