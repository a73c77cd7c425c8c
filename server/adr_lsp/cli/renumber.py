"""`adr-lsp renumber ADR-0012 0015`: gives a record another number."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import say
from adr_lsp.cli.root import need_records, open_root, record_named
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.style import next_number
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.renaming.model import Renaming
from adr_lsp.features.renaming.renumber import renumber, siblings
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", metavar="RECORD", help="ADR-0012, a stem or a path")
    parser.add_argument("number", metavar="NUMBER", nargs="?", help="none: the next free one")
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    record = record_named(snapshot, options.record)
    number = _number(options.number) if options.number else _next(snapshot, record)
    return settle(workspace, renumber(snapshot, record, number), diff=options.diff)


def _next(snapshot: Snapshot, record: Record) -> int:
    return next_number(siblings(snapshot, record))


def _number(written: str) -> int:
    digits = written.upper().removeprefix("ADR-").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Stop(Exit.USAGE, f"{written} is no number of a record")
    return int(digits)


def settle(workspace: Workspace, made: Renaming | Refusal, *, diff: bool) -> Exit:
    """Write or print what was made, and name the places that are left to the author."""
    if isinstance(made, Refusal):
        raise Stop(Exit.USAGE, made.reason)
    for place in made.unclear:
        where = f"{safe(place.path)}:{place.range.start.line + 1}"
        said = f"{safe(place.name)} {place.reason}; left"
        print(f"adr-lsp: {where}: {said}", file=sys.stderr)
    for path in carry_out(workspace, made.change, diff=diff):
        say(f"wrote {safe(path)}\n")
    return Exit.CLEAN
