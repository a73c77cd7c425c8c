"""`adr-lsp pin ID`: has every run try what made the tests of an invariant fail."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.pinning import Pin, examples_for, pins_of
from adr_lsp.scaffold import Refusal
from adr_lsp.scaffold.model import PINNED
from adr_lsp.snapshot.reason import values
from adr_lsp.text import Change


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="ADR-0012/INV-1, or ADR-0012")
    parser.add_argument(
        "--as-example",
        action="store_true",
        help="write an example test of the target with these values instead",
    )
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    named = invariants_named(snapshot, options.id)
    make = examples_for if options.as_example else pins_of
    found = (pin for record, invariant in named for pin in make(snapshot, record, invariant))
    pins = list({pin.test: pin for pin in found}.values())
    if not pins:
        print(safe(f"{options.id}: no test of it failed with a counterexample"), file=sys.stderr)
        return Exit.CLEAN
    edits = tuple(e for pin in pins if not isinstance(pin.edits, Refusal) for e in pin.edits)
    refused = [pin for pin in pins if pin.reason not in ("", PINNED)]
    if edits:
        carry_out(workspace, Change(edits), diff=options.diff)
    _say(pins, diff=options.diff)
    return Exit.USAGE if refused else Exit.CLEAN


def _say(pins: list[Pin], *, diff: bool) -> None:
    """What was pinned on standard output; what was not, and what else to do, beside it."""
    for pin in pins:
        if not pin.reason and not diff:
            emit(f"pinned {safe(values(pin.counterexample))} in {safe(pin.test)}\n")
        for said in filter(None, (pin.reason, pin.note)):
            print(safe(f"{pin.test}: {said}"), file=sys.stderr)
