"""`adr-lsp fix [PATH…]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import say
from adr_lsp.cli.root import need_records, open_root, relative, start_of
from adr_lsp.cli.selection import baseline_arguments, selected, selection_arguments
from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.fixes import Fix
from adr_lsp.features.fixes.mend import Look, Mended, mend
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import report
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Change, Edit, Position, Range
from adr_lsp.workspace import Workspace

EVERYTHING = Range(START, Position(sys.maxsize, 0))


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="fix only what concerns these")
    parser.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="also those that may change what is meant; look at them with --diff first",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="print a patch, write nothing; exit 1 if there is anything to change",
    )
    parser.add_argument(
        "--fail-on",
        choices=[severity.value for severity in Severity],
        default="warning",
        help="exit 1 if a finding of this severity is left (default: warning)",
    )
    selection_arguments(parser)
    baseline_arguments(parser)


def command(options: argparse.Namespace) -> Exit:
    paths = [Path(path) for path in options.paths]
    workspace = open_root(start_of(paths))
    need_records(workspace)
    wanted = [relative(path, workspace.root) for path in paths] or None
    mended = mend(_look(workspace, options, wanted), unsafe=options.unsafe_fixes)
    workspace.refresh(edits=dict.fromkeys(mended.texts))
    edits = (Edit(path, EVERYTHING, text) for path, text in mended.texts.items())
    carry_out(workspace, Change(tuple(edits)), diff=options.diff)
    if options.diff:
        print(f"adr-lsp: {_summary(mended, options, 'would fix')}", file=sys.stderr)
        return Exit.FINDINGS if mended.texts else Exit.CLEAN
    say("".join(f"{_line(fix)}\n" for fix in mended.fixed))
    say(f"{_summary(mended, options, 'fixed')}\n")
    threshold = Severity(options.fail_on).rank
    fails = any(finding.severity.rank <= threshold for finding in mended.left)
    return Exit.FINDINGS if fails else Exit.CLEAN


def _look(
    workspace: Workspace, options: argparse.Namespace, wanted: Collection[str] | None
) -> Look:
    """Texts are held open until all is known. What an untouched root is spared is mended too."""

    def look(texts: Mapping[str, str]) -> tuple[Snapshot, Sequence[Diagnostic]]:
        if texts:
            workspace.refresh(edits=texts)
        answer = report(selected(workspace.snapshot(), options, workspace), wanted)
        return answer.snapshot, (*answer.findings, *answer.held_back)

    return look


def _line(fix: Fix) -> str:
    place = f"{fix.mends.path}:{fix.mends.range.start.line + 1}"
    return safe(f"{place}: {fix.mends.code} {fix.label}")


def _summary(mended: Mended, options: argparse.Namespace, verb: str) -> str:
    """`fixed 3 findings in 2 files, 1 more with --unsafe-fixes; 4 findings left`."""
    files = f" in {_count(len(mended.texts), 'file')}" if mended.texts else ""
    said = f"{verb} {_count(len(mended.fixed), 'finding')}{files}"
    if mended.unsafe and not options.unsafe_fixes:
        said += f", {mended.unsafe} more with --unsafe-fixes"
    return f"{said}; {_count(len(mended.left), 'finding')} left"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
