"""How a report is printed: one format per module, each a function of the report."""

from __future__ import annotations

from collections.abc import Callable

from adr_lsp.features.formats.concise import concise
from adr_lsp.features.formats.json_report import json_report
from adr_lsp.features.formats.text import text
from adr_lsp.features.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "concise": concise,
    "json": json_report,
}

__all__ = ["FORMATS", "text"]
