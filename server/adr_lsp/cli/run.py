"""`adr-lsp run [ID…]`: runs the linked tests with their recorders and says what they showed."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import format_argument, width, write
from adr_lsp.cli.root import based, invariants_named, need_records, open_root, relative
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.json_report import invariant
from adr_lsp.features.formats.text import verdicts
from adr_lsp.features.named_tests import NamedTest, tests_named
from adr_lsp.features.report import Judged, judge
from adr_lsp.features.unfinished import unfinished
from adr_lsp.pattern import METHODS
from adr_lsp.run import Missing, Selected, ToolRun, execute, plan
from adr_lsp.run.planning import method_of, tools_for
from adr_lsp.snapshot import LinkedTest, Snapshot
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.tests import tests_of
from adr_lsp.workspace import Workspace

SETTLED = {Verdict.PASSED, Verdict.ARGUED, Verdict.WAIVED}
MOST_NAMED = 5
# By path and id of an invariant: which of its tests are meant; None: all of them.
Chosen = dict[tuple[str, str | None], set[str] | None]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="ADR-0012/INV-1, ADR-0012 or a record's path (all of it), or a test that verifies "
        "one (tests/test_cart.py::test_sum)",
    )
    parser.add_argument("--stale", action="store_true", help="only those that are not passed")
    parser.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="REF",
        help="only those whose evidence rests on files that differ from REF (default: HEAD), "
        "or is stale",
    )
    parser.add_argument(
        "--method",
        metavar="METHOD",
        help=f"only tests of this method: {', '.join(METHODS)}, or one of run.methods",
    )
    parser.add_argument("--tool", metavar="TOOL", help="only tests that this tool runs")
    parser.add_argument("--no-coverage", action="store_true", help="do not measure covered lines")
    parser.add_argument(
        "--strength",
        action="store_true",
        help="of the IDs: whether the tests notice a stub and small faults in the code (Python)",
    )
    format_argument(parser, ("text", "concise", "json"))


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    if options.strength:
        from adr_lsp.cli.strength import strength

        _leave_nothing_behind()
        return strength(workspace, options.ids, options.output_format)
    _need_known(snapshot, options)
    chosen = _chosen(workspace, options.ids)
    wanted = _wanted(workspace, options, chosen)
    tests = _tests(snapshot, wanted, chosen, options.method)
    coverage = not options.no_coverage
    runs = plan(workspace.root, snapshot, tests, coverage=coverage, only=options.tool)
    if not options.ids and (options.tool or options.method):
        wanted = [judged for judged in wanted if _is_run(snapshot, judged, runs)]
    _leave_nothing_behind()
    if not runs:
        _tell(_nothing(options))
    went = [_run(workspace, each, place, len(runs), coverage) for place, each in enumerate(runs)]
    workspace.refresh()
    exit = _say(workspace.snapshot(), wanted, options)
    return max([exit, *went])


def _nothing(options: argparse.Namespace) -> str:
    """Why no tool is started, and what to do."""
    if options.stale or options.changed:
        return "nothing to run: no evidence is stale" if options.stale else "nothing to run"
    if options.method or options.tool:
        meant = [f"of method {options.method}"] if options.method else []
        meant += [f"run by {options.tool}"] if options.tool else []
        return f"nothing to run: none of the tests is {' and '.join(meant)}"
    about = ", ".join(options.ids) or "an invariant"
    write = "`adr-lsp scaffold` writes one, `adr-lsp link` finds those that are there"
    return f"nothing to run: no test names {about}; {write}"


def _need_known(snapshot: Snapshot, options: argparse.Namespace) -> None:
    """Stops on a method or a tool that is none."""
    own = tuple(method[0] for method in snapshot.config.methods)
    tools = tuple(tool.name for tool in tools_for(snapshot.config))
    for given, known in ((options.method, (*METHODS, *own)), (options.tool, tools)):
        if given is not None and given not in known:
            raise Stop(Exit.USAGE, f"{given} is none of {', '.join(known)}")


def _leave_nothing_behind() -> None:
    """Ended from outside, too; what the caller has ignored (`nohup`) stays ignored."""
    for number in filter(None, map(signal.Signals.__members__.get, ("SIGTERM", "SIGHUP"))):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> NoReturn:
    """Unwind, so that the tools end too."""
    raise SystemExit(128 + number)


def _chosen(workspace: Workspace, ids: Sequence[str]) -> Chosen:
    snapshot = workspace.snapshot()
    if not ids:
        return {(i.path, i.id): None for record in snapshot.log for i in record.invariants}
    chosen: Chosen = {}
    for name in ids:
        named = _tests_named(workspace, name)
        for each in named:
            some = chosen.setdefault((each.record.path, each.invariant.id), set())
            if some is not None:
                some.add(each.test.id)
        if not named:
            places = invariants_named(snapshot, name)
            chosen |= {(record.path, invariant.id): None for record, invariant in places}
    return chosen


def _tests_named(workspace: Workspace, name: str) -> tuple[NamedTest, ...]:
    """The tests of a name whose file is named as it is from here, or from the root."""
    path, colons, scopes = name.partition("::")
    if not colons and (not Path(path).is_file() or path.endswith((".md", ".mdx"))):
        return ()
    inside = relative(Path(path), workspace.root) if Path(path).exists() else path
    snapshot = workspace.snapshot()
    found = tests_named(snapshot, inside + colons + scopes)
    whole, bracket, _ = scopes.partition("[")
    if not found and bracket and scopes.endswith("]"):
        found = tests_named(snapshot, inside + colons + whole)
        if found:  # a verdict is due to all of them
            _tell(f"{name}: runs with all parameters of {whole}")
    if not found:
        raise Stop(Exit.USAGE, f"{name}: no such test verifies an invariant")
    return found


def _wanted(workspace: Workspace, options: argparse.Namespace, chosen: Chosen) -> list[Judged]:
    snapshot = workspace.snapshot()
    judged = (judged for record in snapshot.log for judged in judge(snapshot, record))
    named = [j for j in judged if (j.record.path, j.invariant.id) in chosen]
    if not options.ids:  # what a test names; that others have none is for `check` to say
        named = [j for j in named if j.standing.tests and not j.record.status.retired]
    if options.stale:
        named = [j for j in named if j.standing.verdict not in SETTLED]
    return named if options.changed is None else _touched(workspace, named, options.changed)


def _touched(workspace: Workspace, named: list[Judged], ref: str) -> list[Judged]:
    from adr_lsp.run.changed import is_about
    from adr_lsp.run.revision import changed_paths

    snapshot = based(workspace, ref)
    changed = frozenset(changed_paths(snapshot))
    return [j for j in named if is_about(snapshot, j.record, j.invariant, j.standing, changed)]


def _tests(
    snapshot: Snapshot, wanted: list[Judged], chosen: Chosen, method: str | None
) -> list[LinkedTest]:
    found = []
    for judged in wanted:
        some = chosen[(judged.record.path, judged.invariant.id)]
        for test in tests_of(snapshot, judged.record, judged.invariant):
            meant = some is None or test.id in some
            if meant and method in (None, method_of(snapshot.config, test)):
                found.append(test)
    return found


def _is_run(snapshot: Snapshot, judged: Judged, runs: Sequence[ToolRun | Missing]) -> bool:
    """Whether any test of the invariant is among those that are run."""
    chosen = {(test.path, test.name) for run in runs for test in run.tests}
    tests = tests_of(snapshot, judged.record, judged.invariant)
    return any((test.path, test.name) in chosen for test in tests)


def _run(
    workspace: Workspace, each: ToolRun | Missing, place: int, count: int, coverage: bool
) -> Exit:
    """Run one tool, and say how that went.

    What was to run and has no result is a finding, whatever earlier runs showed.
    """
    if isinstance(each, Missing):
        name = f"{each.tool}: " if each.tool else ""
        _tell(f"{name}{each.reason}; not run: {_named(each.tests)}")
        return Exit.FAULT if each.tool else Exit.FINDINGS
    _announce(workspace.root, each, f"{place + 1}/{count} " if count > 1 else "")
    done = execute(
        workspace.root,
        each,
        seconds=workspace.snapshot().config.time_limit,
        coverage=coverage,
        on_line=lambda line: print(line, file=sys.stderr),
        cancelled=lambda: False,
    )
    if done.kept:
        _tell(f"kept {', '.join(done.kept)}")
    if done.without:
        _tell(f"{each.tool}: {done.reason}; no result: {_named(done.without)}")
    if done.fault:
        return Exit.FAULT
    return Exit.FINDINGS if done.without else Exit.CLEAN


def _announce(root: Path, run: ToolRun, place: str) -> None:
    tests = plural(len(run.tests), "test")
    inside = "" if run.project == root else f" in {run.project.relative_to(root).as_posix()}"
    shown = " ".join(run.command.arguments)
    _tell(f"{place}{run.tool}, {tests}{inside}: {shown} ({run.command.origin})")


def _tell(text: str) -> None:
    print(f"adr-lsp: {safe(text)}", file=sys.stderr)


def _named(tests: Sequence[Selected]) -> str:
    more = len(tests) - MOST_NAMED
    shown = ", ".join(test.id for test in tests[:MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _say(snapshot: Snapshot, wanted: list[Judged], options: argparse.Namespace) -> Exit:
    chosen = {(j.record.path, j.invariant.id) for j in wanted}
    after = [
        judged
        for record in snapshot.log
        for judged in judge(snapshot, record)
        if (judged.record.path, judged.invariant.id) in chosen
    ]
    lines = verdicts(after, snapshot.now, width())
    write(
        options.output_format,
        {
            "text": lambda: lines,
            "concise": lambda: lines,
            "json": lambda: pretty([invariant(j) for j in after]),
        },
    )
    for step in unfinished(snapshot, after):
        _tell(step)
    settled = all(judged.standing.verdict in SETTLED for judged in after)
    return Exit.CLEAN if settled else Exit.FINDINGS
