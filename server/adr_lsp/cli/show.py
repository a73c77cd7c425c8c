"""`adr-lsp show ID…`."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import format_argument, write
from adr_lsp.cli.query import query_arguments, query_of
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.features.evidence_text import evidence_text
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.json_report import invariant
from adr_lsp.features.formats.text import verdict_line, verdicts
from adr_lsp.features.query import Query, invariants
from adr_lsp.features.report import Judged, judge
from adr_lsp.snapshot import Snapshot


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="ADR-0012/INV-1, or ADR-0012 or a record's path (all of it); none: all",
    )
    query_arguments(parser)
    format_argument(parser, ("text", "concise", "json"))


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    query = query_of(options)
    named = _named(snapshot, options.ids) if options.ids else invariants(snapshot, Query())
    judged = [each for each in named if query.fits(each)]
    write(
        options.output_format,
        {
            "text": lambda: "\n".join(_text(snapshot, j) for j in judged),
            "concise": lambda: verdicts(judged, snapshot.now),
            "json": lambda: pretty([invariant(j) for j in judged]),
        },
    )
    return Exit.CLEAN


def _named(snapshot: Snapshot, names: list[str]) -> list[Judged]:
    wanted = [found for name in names for found in invariants_named(snapshot, name)]
    return [
        judged
        for record, invariant in wanted
        for judged in judge(snapshot, record)
        if judged.invariant is invariant
    ]


def _text(snapshot: Snapshot, judged: Judged) -> str:
    return f"{verdict_line(judged, snapshot.now)}\n{evidence_text(snapshot, judged)}"
