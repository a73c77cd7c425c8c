"""How a report is printed: one format per module, each a function of the report.

A format is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from adr_lsp.features.formats.text import text
from adr_lsp.features.report import Report

Format = Callable[[Report], str]


def _format(name: str) -> Format:
    """The function `name` of the module `name`."""

    def render(report: Report) -> str:
        chosen: Format = getattr(import_module(f"{__name__}.{name}"), name)
        return chosen(report)

    return render


FORMATS: dict[str, Format] = {
    "text": text,
    "concise": _format("concise"),
    "json": _format("json_report"),
    "jsonl": _format("jsonl"),
    "sarif": _format("sarif"),
    "github": _format("github"),
    "gitlab": _format("gitlab"),
    "markdown": _format("markdown"),
}

__all__ = ["FORMATS", "text"]
