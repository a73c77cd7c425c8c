"""`adr-lsp list [WORD…]`: invariants, or records, one to a line."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import format_argument, width, write
from adr_lsp.cli.query import query_arguments, query_of
from adr_lsp.cli.root import need_records, open_root, record_path
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.json_report import invariant, record_object
from adr_lsp.features.formats.text import verdicts
from adr_lsp.features.query import invariants, records
from adr_lsp.features.report import Judged
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORD",
        help="all must stand in the key, title or statement; or a record's path",
    )
    parser.add_argument("--records", action="store_true", help="list records, not invariants")
    query_arguments(parser)
    format_argument(parser, ("text", "concise", "json"))


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    query = query_of(options, tuple(map(record_path, options.words)))
    if options.records:
        _write_records(options.output_format, snapshot, records(snapshot, query))
    else:
        _write_invariants(options.output_format, snapshot, invariants(snapshot, query))
    return Exit.CLEAN


def _write_invariants(formats: list[str] | None, snapshot: Snapshot, found: list[Judged]) -> None:
    write(
        formats,
        {
            "text": lambda: verdicts(found, snapshot.now, width()),
            "concise": lambda: "".join(
                safe(f"{j.record_key}/{j.invariant.id or '(no id)'}") + "\n" for j in found
            ),
            "json": lambda: _json([invariant(judged) for judged in found]),
        },
    )


def _write_records(
    formats: list[str] | None, snapshot: Snapshot, found: list[tuple[Record, list[Judged]]]
) -> None:
    write(
        formats,
        {
            "text": lambda: "".join(_line(snapshot, *each) for each in found),
            "concise": lambda: "".join(f"{safe(snapshot.log.key(r))}\n" for r, _ in found),
            "json": lambda: _json([record_object(snapshot, record) for record, _ in found]),
        },
    )


def _line(snapshot: Snapshot, record: Record, judged: list[Judged]) -> str:
    counted = Counter(each.standing.verdict.value for each in judged)
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counted.items()))
    key = snapshot.log.key(record)
    line = f"{key:<12} {record.status:<10} {record.date or '':<10}  {record.title}"
    return safe(f"{line}  ({said})" if said else line) + "\n"


def _json(items: list[object]) -> str:
    return pretty(items)
