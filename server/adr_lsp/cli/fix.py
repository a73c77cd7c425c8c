"""`adr-lsp fix [PATH…]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit
from adr_lsp.cli.output import say
from adr_lsp.cli.root import need_records, open_root, relative, start_of
from adr_lsp.cli.selection import baseline_arguments, selected, selection_arguments
from adr_lsp.diagnostic import Severity
from adr_lsp.features.fixes import Fix, fixes
from adr_lsp.features.fixes.batch import batch, change_of
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.report import Report, report
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Change, Edit, Position, Range, apply_edits, decode
from adr_lsp.workspace import Workspace

EVERYTHING = Range(START, Position(sys.maxsize, 0))
ROUNDS = 20  # what one fix uncovers another may mend; those that undo each other end too


@dataclass(slots=True)
class Mended:
    """What was fixed, in the order of the rounds, and what is then said of the files."""

    answer: Report
    fixed: list[Fix] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def change(self) -> Change:
        """From the files on disk to what became of them."""
        return Change(tuple(Edit(path, EVERYTHING, text) for path, text in self.texts.items()))


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
    start = start_of(paths)
    workspace = open_root(start)
    need_records(workspace)
    wanted = [relative(path, workspace.root) for path in paths] or None

    def judged() -> Report:
        return report(selected(workspace.snapshot(), options, workspace), wanted)

    mended = _mend(workspace, judged, unsafe=options.unsafe_fixes)
    carry_out(workspace, mended.change, diff=options.diff)
    if options.diff:
        print(f"adr-lsp: {_summary(mended, options, 'would fix')}", file=sys.stderr)
        return Exit.FINDINGS if mended.texts else Exit.CLEAN
    say("".join(f"{_line(fix)}\n" for fix in mended.fixed))
    say(f"{_summary(mended, options, 'fixed')}\n")
    fails = mended.answer.fails(Severity(options.fail_on))
    return Exit.FINDINGS if fails else Exit.CLEAN


def _mend(workspace: Workspace, judged: Callable[[], Report], *, unsafe: bool) -> Mended:
    """Fix until nothing is left to fix, on texts that are only held open."""
    mended = Mended(judged())
    for _ in range(ROUNDS):
        snapshot = mended.answer.snapshot
        found = fixes(snapshot, mended.answer.findings)
        made = batch(snapshot, (fix for fix in found if fix.safe or unsafe))
        if not made:
            break
        mended.fixed += made
        texts = _applied(snapshot, change_of(made))
        workspace.refresh(edits=texts)
        mended.texts |= texts
        mended.answer = judged()
    workspace.refresh(edits=dict.fromkeys(mended.texts))
    return mended


def _applied(snapshot: Snapshot, change: Change) -> dict[str, str]:
    return {
        path: apply_edits(_content(snapshot, path), [e for e in change.edits if e.path == path])
        for path in change.paths
    }


def _content(snapshot: Snapshot, path: str) -> str:
    return decode(snapshot.tree.read(path) or b"")[0]


def _line(fix: Fix) -> str:
    place = f"{fix.mends.path}:{fix.mends.range.start.line + 1}"
    return safe(f"{place}: {fix.mends.code} {fix.label}")


def _summary(mended: Mended, options: argparse.Namespace, verb: str) -> str:
    """`fixed 3 findings in 2 files, 1 more with --unsafe-fixes; 4 findings left`."""
    answer = mended.answer
    files = f" in {_count(len(mended.texts), 'file')}" if mended.texts else ""
    said = f"{verb} {_count(len(mended.fixed), 'finding')}{files}"
    more = sum(not fix.safe for fix in fixes(answer.snapshot, answer.findings))
    if more and not options.unsafe_fixes:
        said += f", {more} more with --unsafe-fixes"
    return f"{said}; {_count(len(answer.findings), 'finding')} left"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
