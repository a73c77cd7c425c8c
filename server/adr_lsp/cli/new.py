"""`adr-lsp new TITLE`: writes the next record of a log."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import open_root
from adr_lsp.decision_log import nearest
from adr_lsp.features.authoring.new_record import new_record
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.style import DEFAULT_FOLDER
from adr_lsp.features.formats.escape import safe
from adr_lsp.rules.place import home
from adr_lsp.workspace import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("title", metavar="TITLE", nargs="+", help="what is decided")
    parser.add_argument("--log", metavar="FOLDER", help="the log's folder, where there are several")
    parser.add_argument("--diff", action="store_true", help="print the record, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    log = _log(workspace, options.log)
    today = datetime.now().astimezone().date()
    made = new_record(workspace.snapshot(), " ".join(options.title), log, today)
    if isinstance(made, Refusal):
        raise Stop(Exit.USAGE, made.reason)
    carry_out(workspace, made.change, diff=options.diff)
    if not options.diff:
        emit(f"wrote {safe(made.path)}\n")
    return Exit.CLEAN


def _log(workspace: Workspace, wanted: str | None) -> str:
    """The folder that is named, or the only log, or the one nearest to where we are."""
    if wanted is not None:
        return _below_root(workspace.root, Path(wanted))
    records = tuple(workspace.snapshot().log)
    here = _below_root(workspace.root, Path.cwd())
    if any(home(record) == here for record in records):
        return here
    logs = sorted({record.log for record in nearest(records, f"{here}/x")})
    if len(logs) > 1:
        raise Stop(Exit.USAGE, f"several logs: name one with --log: {', '.join(logs)}")
    return logs[0] if logs else DEFAULT_FOLDER


def _below_root(root: Path, folder: Path) -> str:
    full = folder.resolve()
    if not full.is_relative_to(root):
        raise Stop(Exit.USAGE, f"{folder}: outside the root {root}")
    inside = full.relative_to(root).as_posix()
    return "" if inside == "." else inside
