"""`adr-lsp status RECORD [STATUS]`: says a record's status, gives it another, or asks what if."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit, format_argument, write
from adr_lsp.cli.root import need_records, open_root, record_named
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.status_line import set_status
from adr_lsp.features.formats import FORMATS
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import Report, report
from adr_lsp.record import Record
from adr_lsp.text import Change, apply_edits
from adr_lsp.workspace import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", metavar="RECORD", help="ADR-0012, or a stem")
    parser.add_argument("status", metavar="STATUS", nargs="*", help="the new status")
    parser.add_argument(
        "--as",
        dest="supposed",
        metavar="STATUS",
        help="say what would be found in the record if it had this status; write nothing",
    )
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")
    format_argument(parser)


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    record = record_named(workspace.snapshot(), options.record)
    if options.supposed:
        return _suppose(workspace, record, options.supposed, options.output_format)
    if not options.status:
        said = record.status_text or "none"
        emit(f"{safe(workspace.snapshot().log.key(record))}: {record.status} ({safe(said)})\n")
        return Exit.CLEAN
    change = _changed(workspace, record, " ".join(options.status))
    carry_out(workspace, change, diff=options.diff)
    if not options.diff:
        emit(f"{safe(record.path)}: {' '.join(options.status)}\n")
    return Exit.CLEAN


def _changed(workspace: Workspace, record: Record, status: str) -> Change:
    change = set_status(workspace.snapshot(), record, status)
    if isinstance(change, Refusal):
        raise Stop(Exit.USAGE, change.reason)
    return change


def _suppose(workspace: Workspace, record: Record, status: str, formats: list[str] | None) -> Exit:
    """Check the record with the status in an overlay, as an editor would before saving."""
    change = _changed(workspace, record, status)
    workspace.edit(record.path, apply_edits(record.text.content, list(change.edits)))
    answer = report(workspace.snapshot(), [record.path])
    write(formats, {name: _render(name, answer) for name in FORMATS})
    return Exit.CLEAN


def _render(name: str, answer: Report) -> Callable[[], str]:
    return lambda: FORMATS[name](answer)
