"""`adr-lsp candidates [PATH…]`: sentences that read like invariants; none is a finding."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.output import format_argument, write
from adr_lsp.cli.root import need_records, open_root, relative, start_of
from adr_lsp.features.candidates import FAIR, Candidate, candidates
from adr_lsp.features.formats.encode import pretty
from adr_lsp.features.formats.escape import safe
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position

MOST = 25


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="records, or folders of them")
    parser.add_argument(
        "-n",
        type=int,
        default=MOST,
        metavar="N",
        dest="most",
        help=f"show at most N (default {MOST})",
    )
    parser.add_argument(
        "--min-score",
        type=_score,
        default=FAIR,
        metavar="SCORE",
        help=f"show none that scores less, from 0 to 1 (default {FAIR})",
    )
    format_argument(parser, ("text", "json"))


def _score(given: str) -> float:
    try:
        score = float(given)
    except ValueError:
        score = -1
    if not 0 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 0 to 1")
    return score


def command(options: argparse.Namespace) -> Exit:
    paths = [Path(path) for path in options.paths]
    workspace = open_root(start_of(paths))
    need_records(workspace)
    snapshot = workspace.snapshot()
    wanted = _below(snapshot, [relative(path, workspace.root) for path in paths])
    if paths and not wanted:
        raise Stop(Exit.USAGE, f"no record in {', '.join(map(str, paths))}")
    found = candidates(snapshot, wanted, options.min_score)
    shown = found[: max(options.most, 0)]
    write(
        options.output_format,
        {
            "text": lambda: _text(shown, len(found)),
            "json": lambda: _json(snapshot, shown),
        },
    )
    return Exit.CLEAN


def _below(snapshot: Snapshot, paths: list[str]) -> list[str]:
    """The records at or below the paths; all of them where none is named."""
    every = list(snapshot.log.records)
    if not paths or "" in paths:
        return every
    return [each for each in every if any(f"{each}/".startswith(f"{path}/") for path in paths)]


def _text(shown: list[Candidate], total: int) -> str:
    if not shown:
        return "no sentence reads like an invariant that is not declared\n"
    listed = "".join(line + "\n" for each in shown for line in _lines(each))
    reads = (
        "sentence that reads like an invariant"
        if total == 1
        else "sentences that read like invariants"
    )
    return f"{listed}\n{len(shown)} of {total} {reads}\n"


def _lines(candidate: Candidate) -> Iterator[str]:
    start = candidate.sentence.range.start
    place = f"{candidate.record.path}:{start.line + 1}:{start.column + 1}"
    yield f"{safe(place)}: {candidate.degree} {candidate.score:.2f}: {safe(candidate.words)}"
    pattern = f"{candidate.pattern}; " if candidate.pattern else ""
    yield f"    {pattern}{', '.join(candidate.signs)}"


def _json(snapshot: Snapshot, shown: list[Candidate]) -> str:
    return pretty([_object(snapshot, c) for c in shown])


def _object(snapshot: Snapshot, candidate: Candidate) -> dict[str, object]:
    at = candidate.sentence.range
    return {
        "record": snapshot.log.key(candidate.record),
        "path": candidate.record.path,
        "range": {"start": _position(at.start), "end": _position(at.end)},
        "score": round(candidate.score, 3),
        "degree": candidate.degree,
        "sentence": candidate.words,
        "pattern": candidate.pattern,
        "section": candidate.sentence.headings[0] if candidate.sentence.headings else None,
        "signs": list(candidate.signs),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line + 1, "column": position.column + 1}
