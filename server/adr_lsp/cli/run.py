"""`adr-lsp run [ID…]`: runs the linked tests with their recorder and says what they showed."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import NoReturn

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import format_argument, width, write
from adr_lsp.cli.root import invariants_named, need_records, open_root
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.json_report import invariant
from adr_lsp.features.formats.text import verdicts
from adr_lsp.features.report import Judged, judge
from adr_lsp.run import Missing, ToolRun, plan, start
from adr_lsp.run.process import CannotStart
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.snapshot.tests import tests_of
from adr_lsp.workspace import Workspace

SETTLED = {Verdict.PASSED, Verdict.ARGUED, Verdict.WAIVED}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="ADR-0012/INV-1, or ADR-0012 (all of it)"
    )
    parser.add_argument("--stale", action="store_true", help="only those that are not passed")
    parser.add_argument("--no-coverage", action="store_true", help="do not measure covered lines")
    parser.add_argument(
        "--method", choices=("example", "property", "state-machine"), help="only these tests"
    )
    format_argument(parser, ("text", "concise", "json"))


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    wanted = _wanted(workspace.snapshot(), options)
    snapshot = workspace.snapshot()
    tests = _tests(snapshot, wanted, options.method)
    runs = plan(workspace.root, snapshot, tests, coverage=not options.no_coverage)
    _leave_nothing_behind()
    if not runs:
        print("adr-lsp: nothing to run: no test is linked, or none is stale", file=sys.stderr)
    for tool in runs:
        if isinstance(tool, Missing):
            raise Stop(Exit.FAULT, tool.reason)
        _start(workspace, tool, coverage=not options.no_coverage)
    workspace.refresh()
    return _say(workspace.snapshot(), wanted, options)


def _leave_nothing_behind() -> None:
    """Ended from outside, too; what the caller has ignored (`nohup`) stays ignored."""
    for number in filter(None, map(signal.Signals.__members__.get, ("SIGTERM", "SIGHUP"))):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> NoReturn:
    """Unwind, so that the tools end too."""
    raise SystemExit(128 + number)


def _wanted(snapshot: Snapshot, options: argparse.Namespace) -> list[Judged]:
    if options.ids:
        places = [found for name in options.ids for found in invariants_named(snapshot, name)]
        chosen = {(record.path, invariant.id) for record, invariant in places}
    else:
        chosen = {(i.path, i.id) for record in snapshot.log for i in record.invariants}
    judged = (judged for record in snapshot.log for judged in judge(snapshot, record))
    named = [j for j in judged if (j.record.path, j.invariant.id) in chosen]
    if not options.ids:  # what a test names; that others have none is for `check` to say
        named = [j for j in named if j.standing.tests and not j.record.status.retired]
    if options.stale:
        named = [j for j in named if j.standing.verdict not in SETTLED]
    return named


def _tests(snapshot: Snapshot, wanted: list[Judged], method: str | None) -> list[LinkedTest]:
    linked = (test for j in wanted for test in tests_of(snapshot, j.record, j.invariant))
    return [test for test in linked if method in (None, test.method)]


def _start(workspace: Workspace, tool: ToolRun, *, coverage: bool) -> None:
    shown = " ".join(tool.command.arguments)
    print(f"adr-lsp: {shown} ({tool.command.origin})", file=sys.stderr)
    before = {run.file for run in workspace.store.runs()}
    try:
        start(
            workspace.root,
            tool,
            seconds=workspace.snapshot().config.time_limit,
            coverage=coverage,
            on_line=lambda line: print(line, file=sys.stderr),
            cancelled=lambda: False,
        )
    except CannotStart as fault:
        raise Stop(Exit.FAULT, str(fault)) from fault
    kept = [run.file for run in workspace.store.runs() if run.file not in before]
    if not kept:
        raise Stop(Exit.FAULT, f"{shown} recorded no run; its output above says why")
    print(f"adr-lsp: kept {', '.join(kept)}", file=sys.stderr)


def _say(snapshot: Snapshot, wanted: list[Judged], options: argparse.Namespace) -> Exit:
    chosen = {(j.record.path, j.invariant.id) for j in wanted}
    after = [
        judged
        for record in snapshot.log
        for judged in judge(snapshot, record)
        if (judged.record.path, judged.invariant.id) in chosen
    ]
    lines = verdicts(after, width())
    write(
        options.output_format,
        {
            "text": lambda: lines,
            "concise": lambda: lines,
            "json": lambda: pretty([invariant(j) for j in after]),
        },
    )
    settled = all(judged.standing.verdict in SETTLED for judged in after)
    return Exit.CLEAN if settled else Exit.FINDINGS
