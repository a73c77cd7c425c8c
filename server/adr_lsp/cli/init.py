"""`adr-lsp init`: says what is found and proposes a configuration; writes it when told to."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import open_root
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.init import look
from adr_lsp.features.init_proposal import change, proposal
from adr_lsp.features.init_text import said, steps


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "path", nargs="?", metavar="PATH", type=Path, default=Path(), help="a folder of the root"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="add the configuration to pyproject.toml, else write adr-lsp.toml; and make .adr-lsp/",
    )
    parser.add_argument("--diff", action="store_true", help="print it as a patch, write nothing")


def command(options: argparse.Namespace) -> Exit:
    if not options.path.is_dir():
        raise Stop(Exit.USAGE, f"{options.path}: no such folder")
    workspace = open_root(options.path)
    snapshot = workspace.snapshot()
    found = look(snapshot)
    configured = snapshot.config.path
    if configured and (options.write or options.diff):
        raise Stop(Exit.USAGE, f"{configured} configures this root already; nothing was written")
    wanted = None if configured else proposal(snapshot, found)
    if wanted is None or not (options.write or options.diff):
        emit(said(found, snapshot, wanted))
        return Exit.CLEAN
    written = carry_out(workspace, change(snapshot, wanted), diff=options.diff)
    if not options.diff:
        emit("".join(f"wrote {safe(path)}\n" for path in written))
        emit(steps(found, snapshot, write=False))
    return Exit.CLEAN
