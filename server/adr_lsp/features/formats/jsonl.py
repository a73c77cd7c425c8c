"""One JSON object per line: every finding, then every invariant, then the summary.

Each says in `kind` which it is; the rest is as in the `json` format.
`docs/schema/check-line.schema.json` is the published schema of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adr_lsp.features.formats.encode import json_line
from adr_lsp.features.formats.json_report import finding, invariant, summary
from adr_lsp.features.report import Report


def jsonl(report: Report) -> str:
    return "".join(f"{json_line(each)}\n" for each in _objects(report))


def _objects(report: Report) -> Iterator[dict[str, Any]]:
    for found in report.findings:
        yield {"kind": "finding", **finding(found)}
    for judged in report.invariants:
        yield {"kind": "invariant", **invariant(judged)}
    yield {"kind": "summary", **summary(report)}
