"""One line per finding: `path:line:column: severity CODE message`."""

from __future__ import annotations

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.summary import summary
from adr_lsp.features.report import Report


def concise(report: Report) -> str:
    return "".join(f"{line(finding)}\n" for finding in report.findings) + summary(report) + "\n"


def line(finding: Diagnostic) -> str:
    start = finding.range.start
    place = f"{finding.path}:{start.line + 1}:{start.column + 1}"
    return safe(f"{place}: {finding.severity} {finding.code} {finding.message}")
