"""Workflow commands, which GitHub Actions shows at the lines of a pull request."""

from __future__ import annotations

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.summary import summary
from adr_lsp.features.report import Report

COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
    Severity.HINT: "notice",
}


def github(report: Report) -> str:
    """One command a finding; the denominators are a line of the log."""
    return "".join(f"{_command(each)}\n" for each in report.findings) + summary(report) + "\n"


def _command(finding: Diagnostic) -> str:
    start, end = finding.range.start, finding.range.end
    properties = {
        "file": finding.path,
        "line": str(start.line + 1),
        "endLine": str(end.line + 1),
        "title": f"{finding.code} {finding.name}",
    }
    if start.line == end.line:  # columns of a range over lines mean nothing there
        properties |= {"col": str(start.column + 1), "endColumn": str(end.column + 1)}
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {said}::{_data(finding.message)}"


def _data(content: str) -> str:
    escaped = content.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return safe(escaped)


def _property(content: str) -> str:
    return _data(content).replace(":", "%3A").replace(",", "%2C")
