"""`adr-lsp scaffold ID`: writes the test and its link, or refuses."""

from __future__ import annotations

import argparse
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.record import Invariant
from adr_lsp.scaffold import Refusal, scaffold
from adr_lsp.scaffold.language import LANGUAGES
from adr_lsp.scaffold.suited import suited_method
from adr_lsp.snapshot.needs import Need, need_of
from adr_lsp.text import Change

METHODS = ("example", "property", "state-machine", "static")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="ADR-0012/INV-1")
    parser.add_argument(
        "--method",
        choices=METHODS,
        help="how it is verified; without it, as the invariant needs, else as its pattern suits",
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="without it, that of the target, else of the project",
    )
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    found = invariants_named(snapshot, options.id)
    if len(found) != 1:
        raise Stop(Exit.USAGE, f"{options.id}: name one invariant, such as {options.id}/INV-1")
    record, invariant = found[0]
    need = need_of(snapshot.config, record, invariant)
    method = options.method or _first(options.id, need, invariant)
    made = scaffold(snapshot, record, invariant, method, options.language)
    if isinstance(made, Refusal):
        raise Stop(Exit.USAGE, made.reason)
    carry_out(workspace, Change(made.edits), diff=options.diff)
    if not options.diff:
        emit(f"wrote `{made.name}` to {made.path}; {_next(method)}\n")
    return Exit.CLEAN


def _next(method: str) -> str:
    """What its author does now."""
    if method == "static":
        return "read the rule, then delete its note `adr-lsp: scaffold`"
    return "fill it in, then delete its line `adr-lsp: scaffold`"


def _first(id: str, need: Need | None, invariant: Invariant) -> str:
    """The first needed method that has scaffolds; without a need, what suits the pattern."""
    if need is None:
        suited = suited_method(invariant.pattern)
        return suited if suited in METHODS else "property"
    known = next((method for method in need.methods if method in METHODS), None)
    if known is None:
        needed = " or ".join(f"`{method}`" for method in need.methods)
        told = f"{id} needs {needed}, of which there are no scaffolds yet"
        raise Stop(Exit.USAGE, f"{told}; `--method property` writes a property all the same")
    return known
