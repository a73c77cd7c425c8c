"""`adr-lsp link [ID…]`: tests that exist for invariants without one; `--apply` links them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from adr_lsp.cli.change import carry_out
from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import emit, format_argument, write
from adr_lsp.cli.root import invariants_named, need_records, open_root, relative
from adr_lsp.features.actions.link_test import link_edit
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.features.link_ranking import Match, open_invariants, ranked_tests
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.tests import source_of
from adr_lsp.text import Change, Edit
from adr_lsp.workspace import Workspace

MOST = 5
Wanted = list[tuple[Record, Invariant]]
Ranked = list[tuple[Record, Invariant, list[Match]]]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="default: all that have no test")
    parser.add_argument(
        "-n",
        type=int,
        default=MOST,
        metavar="N",
        dest="most",
        help=f"show at most N tests for each (default {MOST})",
    )
    parser.add_argument(
        "--apply",
        action="append",
        default=[],
        metavar="ID=TEST",
        help="write that TEST (path::name) verifies ID; may be repeated",
    )
    parser.add_argument(
        "--diff", action="store_true", help="with --apply: print a patch, write nothing"
    )
    format_argument(parser, ("text", "json"))


def command(options: argparse.Namespace) -> Exit:
    workspace = open_root(Path.cwd())
    need_records(workspace)
    if options.apply:
        return _apply(workspace, options.apply, diff=options.diff)
    snapshot = workspace.snapshot()
    named = [found for name in options.ids for found in invariants_named(snapshot, name)]
    wanted = named if options.ids else _unverified(snapshot)
    most = max(options.most, 0)
    ranked = [(r, i, ranked_tests(snapshot, r, i)[:most]) for r, i in wanted if i.id]
    write(
        options.output_format,
        {"text": lambda: _text(snapshot, ranked), "json": lambda: _json(snapshot, ranked)},
    )
    return Exit.CLEAN


def _unverified(snapshot: Snapshot) -> Wanted:
    """Without those that are waived or argued."""
    found = open_invariants(snapshot)
    return [(r, i) for r, i in found if i.waiver is None and i.argument is None]


def _text(snapshot: Snapshot, ranked: Ranked) -> str:
    if not ranked:
        return "every invariant has a test, is waived or is argued\n"
    return "".join(f"{line}\n" for each in ranked for line in _lines(snapshot, *each))


def _lines(
    snapshot: Snapshot, _: Record, invariant: Invariant, matches: list[Match]
) -> Iterator[str]:
    yield safe(f"{snapshot.log.invariant_key(invariant)}: {invariant.statement}")
    for match in matches:
        yield f"  {match.score:.2f} {safe(match.id)} ({safe('; '.join(match.reasons))})"
    if not matches:
        yield "  no test reads like it"


def _json(snapshot: Snapshot, ranked: Ranked) -> str:
    objects = [
        {
            "invariant": snapshot.log.invariant_key(invariant),
            "path": record.path,
            "statement": invariant.statement,
            "tests": [
                {"test": m.id, "score": round(m.score, 3), "reasons": list(m.reasons)}
                for m in matches
            ],
        }
        for record, invariant, matches in ranked
    ]
    return pretty(objects)


def _apply(workspace: Workspace, given: list[str], *, diff: bool) -> Exit:
    snapshot = workspace.snapshot()
    edits: dict[str, Edit] = {}
    for pair in given:
        record, invariant, path, name = _pair(workspace, pair)
        linked = {(test.path, test.name) for test in tests_of(snapshot, record, invariant)}
        key = snapshot.log.invariant_key(invariant)
        if (path, name) in linked:
            print(safe(f"{key} is linked to {path}::{name} already"), file=sys.stderr)
            continue
        edit = link_edit(record, invariant, path, name)
        if edit is None:
            hint = f"write `# Verifies: {key}` above {name} in {path}"
            raise Stop(Exit.USAGE, f"{key} stands in a table, which holds no such line; {hint}")
        edits[f"{key} is verified by {path}::{name}"] = edit
    carry_out(workspace, Change(tuple(edits.values())), diff=diff)
    if not diff:
        emit("".join(safe(said) + "\n" for said in edits))
    return Exit.CLEAN


def _pair(workspace: Workspace, given: str) -> tuple[Record, Invariant, str, str]:
    """What `ID=path::name` means. Stops unless it is one invariant and one test."""
    id, equals, test = given.partition("=")
    file, colons, name = test.partition("::")
    if not equals or not colons or not name:
        raise Stop(Exit.USAGE, f"--apply {given}: give ID=path::name")
    snapshot = workspace.snapshot()
    found = invariants_named(snapshot, id)
    if len(found) != 1:
        raise Stop(Exit.USAGE, f"{id}: name one invariant, such as {id}/INV-1")
    path = relative(Path(file), workspace.root)
    source = source_of(snapshot, path)
    known = source.test(name.partition("[")[0]) if source else None
    if known is None:
        there = ", ".join(test.name for test in source.tests) if source else ""
        raise Stop(Exit.USAGE, f"{path} has no test {name}; it has: {there or 'none'}")
    return *found[0], path, known.name
