"""`adr-lsp baseline write|prune`: accepts the findings of today, so that only new ones are told."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit
from adr_lsp.cli.root import need_records, open_root
from adr_lsp.cli.selection import need_baseline_that_reads
from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features import baseline
from adr_lsp.features.baseline_file import counted, pruned, written
from adr_lsp.features.diagnostics import findings
from adr_lsp.features.formats.escape import safe
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Change, Edit, Range, Text, decode
from adr_lsp.workspace import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("write", "prune"),
        help="write: accept every finding as it is; prune: drop entries that match none any more",
    )
    parser.add_argument(
        "file",
        nargs="?",
        metavar="PATH",
        type=Path,
        help="the baseline (default: the one configured, else adr-lsp-baseline.json at the root)",
    )
    parser.add_argument("--diff", action="store_true", help="print a patch, write nothing")


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    snapshot = workspace.snapshot()
    path = _path(options.file, workspace.root) if options.file else snapshot.config.baseline
    act = _write if options.action == "write" else _prune
    emit(act(workspace, _with(snapshot, path), diff=options.diff))
    if path != snapshot.config.baseline and not options.diff:
        emit(f'`baseline = "{safe(path)}"` in the configuration has every check use it\n')
    return Exit.CLEAN


def _path(file: Path, root: Path) -> str:
    """Relative to the root; the file need not be there."""
    full = Path(os.path.abspath(file))  # noqa: PTH100 - links are kept as they were named
    for place in (full, full.parent.resolve() / full.name):
        if place.is_relative_to(root):
            return place.relative_to(root).as_posix()
    raise Stop(Exit.USAGE, f"{file}: outside the root {root}")


def _with(snapshot: Snapshot, path: str) -> Snapshot:
    return replace(snapshot, config=replace(snapshot.config, baseline=path), memo={})


def _write(workspace: Workspace, snapshot: Snapshot, *, diff: bool) -> str:
    found = findings(_with(snapshot, "")).told
    counts = counted(snapshot, found)
    _put(workspace, snapshot, written(counts), diff=diff)
    if diff:
        return ""
    accepted = [each for each in found if each.code not in baseline.NEVER]
    others = [each for each in found if each.code in baseline.NEVER]
    said = f"{safe(snapshot.config.baseline)} accepts {_findings(accepted)}\n"
    return said + (f"{_findings(others)} cannot be accepted\n" if others else "")


def _findings(found: list[Diagnostic]) -> str:
    """`3 findings in 2 files: 2 ADL101, 1 ADL206`."""
    files = len({each.path for each in found})
    codes = Counter(each.code for each in found)
    each = ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))
    said = f"{_count(len(found), 'finding')} in {_count(files, 'file')}"
    return f"{said}: {each}" if each else said


def _prune(workspace: Workspace, snapshot: Snapshot, *, diff: bool) -> str:
    path = safe(snapshot.config.baseline)
    known = baseline.of(snapshot)
    if known is None:
        raise Stop(Exit.USAGE, f"{path} is not there; `adr-lsp baseline write` writes it")
    need_baseline_that_reads(snapshot)
    dead = dict(findings(snapshot).dead)
    left = pruned(known.counts, dead)
    if dead:
        _put(workspace, snapshot, written(left), diff=diff)
    if diff:
        return ""
    dropped = _count(sum(dead.values()), "dead finding")
    return f"{path}: {dropped} dropped, {sum(left.values())} left\n"


def _put(workspace: Workspace, snapshot: Snapshot, content: str, *, diff: bool) -> None:
    path = snapshot.config.baseline
    before = Text(decode(workspace.snapshot().tree.read(path) or b"")[0])
    if before.content != content:
        edit = Edit(path, Range(START, before.end), content)
        carry_out(workspace, Change((edit,)), diff=diff)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
