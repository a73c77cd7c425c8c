"""`adr-lsp supersede OLD NEW`: one record takes the place of another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import need_records, open_root, record_named
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.authoring.supersede import Fate, supersede, undecided
from adr_lsp.features.formats.escape import safe
from adr_lsp.record import Record

FATES = {fate.value[0]: fate for fate in Fate}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="the record that is superseded")
    parser.add_argument("new", metavar="NEW", help="the record that takes its place")
    for fate, said in (
        (Fate.CARRY, "is declared by NEW, and its tests name it there"),
        (Fate.DROP, "is promised no more"),
        (Fate.KEEP, "stays in OLD, which stays in force for it"),
    ):
        parser.add_argument(
            f"--{fate}",
            metavar="ID",
            action="append",
            default=[],
            help=f"this invariant of OLD {said}; `all`: every one not named otherwise",
        )
    parser.add_argument("--diff", action="store_true", help="print the edit, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    old, new = (record_named(snapshot, name) for name in (options.old, options.new))
    fates = _asked(old, _given(options, old))
    change = supersede(snapshot, old, new, fates)
    if isinstance(change, Refusal):
        raise Stop(Exit.USAGE, change.reason)
    written = carry_out(workspace, change, diff=options.diff)
    for path in written:
        emit(f"wrote {safe(path)}\n")
    return Exit.CLEAN


def _given(options: argparse.Namespace, old: Record) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    rest: Fate | None = None
    for fate in Fate:
        for id in getattr(options, fate.value):
            if id == "all":
                rest = fate
            elif fates.setdefault(id, fate) is not fate:
                raise Stop(Exit.USAGE, f"{id} cannot be both {fates[id]} and {fate}")
    if rest:
        for invariant in undecided(old, fates):
            fates[invariant.id or ""] = rest
    return fates


def _asked(old: Record, fates: dict[str, Fate]) -> dict[str, Fate]:
    """Asks on a terminal for each invariant that no option names."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return fates
    for invariant in undecided(old, fates):
        print(f"{invariant.id}: {safe(invariant.statement)}", file=sys.stderr)
        fates[invariant.id or ""] = _answer()
    return fates


def _answer() -> Fate:
    while True:
        print("  [c]arry over, [d]rop or [k]eep? ", end="", file=sys.stderr, flush=True)
        said = sys.stdin.readline()
        if not said:
            raise Stop(Exit.USAGE, "no answer; nothing was written")
        if said[:1].lower() in FATES:
            return FATES[said[:1].lower()]
