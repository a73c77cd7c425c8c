"""GitLab's Code Quality report: a list of issues, each with a fingerprint of its own."""

from __future__ import annotations

from typing import Any

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.fingerprint import fingerprints
from adr_lsp.features.report import Report

SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFORMATION: "minor",
    Severity.HINT: "info",
}
INTERNAL = "ADL605"


def gitlab(report: Report) -> str:
    found = fingerprints(report.snapshot, report.findings)
    return pretty([_issue(finding, fingerprint) for finding, fingerprint in found])


def _issue(finding: Diagnostic, fingerprint: str) -> dict[str, Any]:
    """A fault of ours blocks: nothing that it should have found is known."""
    start, end = finding.range.start, finding.range.end
    blocks = finding.code == INTERNAL
    return {
        "description": f"{finding.code} {finding.message}",
        "check_name": finding.name,
        "fingerprint": fingerprint,
        "severity": "blocker" if blocks else SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": start.line + 1, "end": end.line + 1},
        },
    }
