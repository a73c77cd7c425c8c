"""`adr-lsp index [PAGE…]`: keeps tables of records current."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import need_records, open_root, relative
from adr_lsp.features.authoring.index_page import index_change, pages
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.formats.escape import safe


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these; none: all")
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")
    parser.add_argument("--check", action="store_true", help="exit 1 if a page is out of date")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    known = pages(snapshot)
    asked = [relative(Path(page), workspace.root) for page in options.pages]
    strangers = [page for page in asked if page not in known]
    if strangers or not known:
        raise Stop(
            Exit.USAGE,
            f"{strangers[0] + ' holds no' if strangers else 'no page holds'} "
            "`<!-- adr-lsp: index -->` followed by `<!-- adr-lsp: end -->`",
        )
    change = index_change(snapshot, asked or known)
    if isinstance(change, Refusal):
        raise Stop(Exit.USAGE, change.reason)
    if options.check:
        for page in change.paths:
            emit(f"{safe(page)}: out of date\n")
        return Exit.FINDINGS if change.edits else Exit.CLEAN
    for path in carry_out(workspace, change, diff=options.diff):
        emit(f"wrote {safe(path)}\n")
    return Exit.CLEAN
