"""`adr-lsp rename ADR-0012/INV-1 INV-9`: gives an invariant another id."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.renumber import settle
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.features.renaming.rename_id import rename_id


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="ADR-0012/INV-1")
    parser.add_argument("new", metavar="NEW", help="INV-9")
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    found = invariants_named(snapshot, options.id)
    if len(found) != 1:
        raise Stop(Exit.USAGE, f"{options.id}: name one invariant, such as {options.id}/INV-1")
    new = options.new.replace("#", "/").rpartition("/")[2]
    return settle(workspace, rename_id(snapshot, *found[0], new), diff=options.diff)
