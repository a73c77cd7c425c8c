"""`adr-lsp scaffold ID`: writes the test and its link, or refuses."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.scaffold import Refusal, scaffold
from adr_lsp.text import Change


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="ADR-0012/INV-1")
    parser.add_argument("--method", default="property", choices=("property",))
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    found = invariants_named(snapshot, options.id)
    if len(found) != 1:
        raise Stop(Exit.USAGE, f"{options.id}: name one invariant, such as {options.id}/INV-1")
    made = scaffold(snapshot, *found[0], options.method)
    if isinstance(made, Refusal):
        raise Stop(Exit.USAGE, made.reason)
    carry_out(workspace, Change(made.edits), diff=options.diff)
    if not options.diff:
        emit(
            f"wrote {made.name} to {made.path}; "
            "fill it in, then delete its `adr-lsp: scaffold` line\n"
        )
    return Exit.CLEAN
