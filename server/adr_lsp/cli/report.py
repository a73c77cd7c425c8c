"""`adr-lsp report`: one HTML file for people; or a badge, or the decision graph."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import need_records, open_root
from adr_lsp.snapshot import Snapshot

FORMATS = {"html": "adr-report.html", "badge": "", "mermaid": "", "dot": ""}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="html",
        help="the report (default), a badge as SVG, the decision graph for Mermaid or Graphviz",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; - is stdout (html: adr-report.html)"
    )
    parser.add_argument(
        "--title", help="the report's heading; the folder's name where none is said"
    )


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    content = _made(workspace.snapshot(), options.format, options.title or workspace.root.name)
    target = options.output or FORMATS[options.format] or "-"
    if target == "-":
        emit(content)
        return Exit.CLEAN
    try:
        Path(target).write_text(content, encoding="utf-8")
    except OSError as fault:
        raise Stop(Exit.USAGE, f"{target}: {fault.strerror or fault}") from fault
    emit(f"wrote {target}\n")
    return Exit.CLEAN


def _made(snapshot: Snapshot, form: str, title: str) -> str:
    from adr_lsp.features.html_report.graph import dot, graph, mermaid
    from adr_lsp.features.html_report.page import badge, page
    from adr_lsp.features.html_report.view import chapters

    if form == "html":
        return page(snapshot, title)
    if form == "badge":
        return badge(snapshot)
    drawn = graph(snapshot, chapters(snapshot))
    return mermaid(drawn) if form == "mermaid" else dot(drawn)
