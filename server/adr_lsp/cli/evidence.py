"""`adr-lsp evidence list|gc|forget`: which runs are kept, and how long."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit, format_argument, write
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.kept_runs import as_object, in_lines, listed, shown, unforgiven
from adr_lsp.run.recording.fold import HALF_FULL, fold, sizes
from adr_lsp.run.recording.recording import Recording
from adr_lsp.snapshot.past import runs_of
from adr_lsp.workspace import find_root

MIB = 1 << 20
NOTHING = "no test of it passed in its last run and failed in one before on the same code"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="ACTION", dest="action")
    runs = actions.add_parser("list", help="the runs that are kept, the latest first")
    format_argument(runs, ("text", "json"))
    small = actions.add_parser("gc", help="drop what later runs hold too")
    small.add_argument(
        "--most", type=_mebibytes, default=HALF_FULL, metavar="MIB",
        help=f"above this, only what decides a verdict is kept (default: {HALF_FULL // MIB})",
    )  # fmt: skip
    forget = actions.add_parser(
        "forget", help="let a failure that does not come back make a test flaky no longer"
    )
    forget.add_argument("id", metavar="ID", help="ADR-0012/INV-1, or ADR-0012")
    forget.add_argument("--reason", required=True, help="why; it is kept with the evidence")


def command(options: argparse.Namespace) -> Exit:
    return {"list": _list, "gc": _collect, "forget": _forget}[options.action](options)


def _mebibytes(given: str) -> int:
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f"{given!r} is no whole number of MiB")
    return int(given) * MIB


def _list(options: argparse.Namespace) -> Exit:
    snapshot = open_root(Path.cwd()).snapshot()
    found = [listed(run) for run in runs_of(snapshot)]
    write(
        options.output_format,
        {
            "text": lambda: "".join(f"{safe(line)}\n" for line in in_lines(found, snapshot.now)),
            "json": lambda: pretty([as_object(each) for each in found]),
        },
    )
    return Exit.CLEAN


def _collect(options: argparse.Namespace) -> Exit:
    root = find_root(Path.cwd())
    before = sizes(root)
    fold(root, options.most)
    after = sizes(root)
    emit(f"{_kept(*before)} before, {_kept(*after)} now\n")
    return Exit.CLEAN


def _kept(runs: int, size: int) -> str:
    return f"{runs} {'run' if runs == 1 else 'runs'} in {size / MIB:.1f} MiB"


def _forget(options: argparse.Namespace) -> Exit:
    if not options.reason.strip():
        raise Stop(Exit.USAGE, "--reason is empty: say why the failure need not be looked into")
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    found = unforgiven(snapshot, invariants_named(snapshot, options.id))
    if not found:
        print(safe(f"{options.id}: {NOTHING}"), file=sys.stderr)
        return Exit.CLEAN
    recording = Recording(workspace.root, "adr-lsp", sys.argv[1:], workspace.root)
    for test in found:
        recording.forgotten(test, options.reason)
        emit(f"forgotten: earlier failures of {safe(shown(test))}\n")
    recording.end(0)
    return Exit.CLEAN
