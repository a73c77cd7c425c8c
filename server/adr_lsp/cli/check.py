"""`adr-lsp --check [PATH…]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import format_argument, say, width, write
from adr_lsp.cli.root import based, need_records, open_root, relative, start_of
from adr_lsp.cli.selection import (
    baseline_arguments,
    need_baseline_that_reads,
    selected,
    selection_arguments,
)
from adr_lsp.diagnostic import Severity
from adr_lsp.features.formats import FORMATS
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.formats.summary import notes, statistics
from adr_lsp.features.formats.text import verdicts
from adr_lsp.features.report import Report, report
from adr_lsp.workspace import Workspace, find_root


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="say only what concerns these")
    format_argument(parser, FORMATS)
    selection_arguments(parser)
    baseline_arguments(parser)
    parser.add_argument(
        "--statistics", action="store_true", help="in text, count findings by rule, list none"
    )
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit 0 although there is a finding"
    )
    parser.add_argument(
        "--fail-on",
        choices=[severity.value for severity in Severity],
        default="warning",
        help="exit 1 from this severity on (default: warning)",
    )
    parser.add_argument(
        "--require-evidence",
        action="store_true",
        help="not run, stale, vacuous and skipped are errors, and so is having no run at all",
    )
    parser.add_argument(
        "--verdicts", action="store_true", help="print every invariant's verdict (text only)"
    )
    parser.add_argument(
        "--base",
        metavar="REF",
        help="say what changed since HEAD left this branch, tag or commit (their merge base, as a "
        "pull request has it); reads objects with git, on request only",
    )
    parser.add_argument(
        "--new-only", action="store_true", help="with --base: leave out findings that it has too"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep an earlier answer"
    )


def command(options: argparse.Namespace) -> Exit:
    if options.new_only and options.base is None:
        raise Stop(Exit.USAGE, "--new-only needs --base REF")
    paths = [Path(path) for path in options.paths]
    start = start_of(paths)
    root = find_root(start)
    wanted = [relative(path, root) for path in paths]
    named = [path for path in wanted if (root / path).is_file()]
    workspace = open_root(start, named=named, require_evidence=options.require_evidence)
    need_records(workspace)
    _note_strangers(workspace, named)
    snapshot = workspace.snapshot() if options.base is None else based(workspace, options.base)
    snapshot = selected(snapshot, options, workspace)
    need_baseline_that_reads(snapshot)
    answer = report(snapshot, wanted if paths else None)
    if options.base is not None:
        from adr_lsp.features.delta import compared  # only where something is compared

        answer = compared(answer, wanted if paths else None, new_only=options.new_only)
    if options.verdicts and not options.output_format:
        say(verdicts(answer.invariants, answer.snapshot.now, width()) + "\n")
    code = _code(answer, options)
    answer = replace(answer, exit_code=code)
    formats = {name: _render(name, answer) for name in FORMATS}
    if options.statistics:
        formats["text"] = formats["concise"] = lambda: statistics(answer)
    write(options.output_format, formats)
    _note(answer, options)
    if not (options.base or any(":" in name for name in options.output_format or ())):
        options.rests_on = workspace  # the answer does on nothing else
    return code


def _note_strangers(workspace: Workspace, named: list[str]) -> None:
    for path in named:
        if path not in workspace.snapshot().log.records:
            print(f"adr-lsp: {safe(path)} is no record; skipped", file=sys.stderr)


def _render(name: str, answer: Report) -> Callable[[], str]:
    return lambda: FORMATS[name](answer)


def _note(answer: Report, options: argparse.Namespace) -> None:
    """What text says at its end is said beside other formats too."""
    if options.statistics or (options.output_format and "text" not in options.output_format):
        for note in notes(answer):
            print(f"adr-lsp: {note}", file=sys.stderr)


def _code(answer: Report, options: argparse.Namespace) -> Exit:
    if any(finding.code == "ADL605" for finding in answer.findings):
        return Exit.FAULT
    fails = answer.fails(Severity(options.fail_on)) and not options.exit_zero
    return Exit.FINDINGS if fails else Exit.CLEAN
