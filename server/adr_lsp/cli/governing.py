"""`adr-lsp for PATH…`: which decisions and invariants govern these files, and what says so."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import Any

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import format_argument, write
from adr_lsp.cli.root import based, need_records, open_root, relative, start_of
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.governing import Governed, governing
from adr_lsp.snapshot import Snapshot
from adr_lsp.snapshot.reason import plural
from adr_lsp.workspace import Workspace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files, or folders with all below")
    parser.add_argument(
        "--diff",
        nargs="?",
        const="HEAD",
        metavar="REF",
        help="the files that differ from REF (default: HEAD), from where HEAD left it",
    )
    format_argument(parser, ("text", "json"))


def command(options: argparse.Namespace) -> Exit:
    if not options.paths and options.diff is None:
        raise Stop(Exit.USAGE, "name a file, or --diff")
    workspace = open_root(start_of([Path(path) for path in options.paths]))
    need_records(workspace)
    snapshot = workspace.snapshot()
    paths = _paths(workspace, options)
    found = [reason for path in paths for reason in governing(snapshot, path)]
    rendered = {
        "text": lambda: _text(found, len(paths)),
        "json": lambda: _json([_object(reason) for reason in found]),
    }
    write(options.output_format, rendered)
    return Exit.CLEAN


def _paths(workspace: Workspace, options: argparse.Namespace) -> list[str]:
    """Those that are named or stand below a named folder; with --diff those that changed."""
    wanted = [relative(Path(path), workspace.root) for path in options.paths]
    if options.diff is not None:
        known = _changed(workspace, options.diff)
        return sorted(path for path in known if not wanted or _within(path, wanted))
    below = {path for path in workspace.snapshot().tree.paths() if _within(path, wanted)}
    return sorted(below | {path for path in wanted if (workspace.root / path).is_file()})


def _within(path: str, wanted: list[str]) -> bool:
    return any(not each or path == each or path.startswith(f"{each}/") for each in wanted)


def _changed(workspace: Workspace, ref: str) -> tuple[str, ...]:
    from adr_lsp.run.revision import changed_paths

    snapshot: Snapshot = based(workspace, ref)
    return changed_paths(snapshot)


def _text(found: list[Governed], files: int) -> str:
    parts = []
    for path, reasons in groupby(found, key=lambda reason: reason.path):
        parts.append(f"{safe(path)}\n")
        for _, same in groupby(reasons, key=lambda reason: reason.name):
            parts.append(_lines(list(same)))
    decisions = {reason.record_key for reason in found}
    governed = {reason.path for reason in found}
    parts.append(
        f"{len(governed)} of {plural(files, 'file')}, {plural(len(decisions), 'decision')}\n"
    )
    return "".join(parts)


def _lines(same: list[Governed]) -> str:
    first = same[0]
    said = first.invariant.statement if first.invariant else first.record.title
    why = ", ".join(f"{reason.by} ({reason.place[0]}:{reason.place[1]})" for reason in same)
    lines = f"  {safe(first.name)} [{first.record.status}] {safe(said)}\n    {safe(why)}\n"
    if first.record.status.retired:
        by = f" by {', '.join(first.successors)}" if first.successors else ""
        lines += f"    warning: {safe(first.record_key)} is {first.record.status}{safe(by)}\n"
    return lines


def _object(reason: Governed) -> dict[str, Any]:
    said = reason.invariant
    return {
        "path": reason.path,
        "record": reason.record_key,
        "invariant": said.id if said else None,
        "title": reason.record.title,
        "statement": said.statement if said else None,
        "status": reason.record.status.value,
        "superseded_by": list(reason.successors),
        "by": reason.by,
        "place": {"path": reason.place[0], "line": reason.place[1]},
    }


def _json(items: list[dict[str, Any]]) -> str:
    return pretty(items)
