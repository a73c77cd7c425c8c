"""The options with which `list` and `show` choose invariants."""

from __future__ import annotations

import argparse
import difflib

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.query import Query
from adr_lsp.pattern import METHODS, PATTERNS
from adr_lsp.record import Status

VERDICTS = tuple(verdict.value for verdict in Verdict)
STATUSES = tuple(status.value for status in Status)


def query_arguments(parser: argparse.ArgumentParser) -> None:
    for option, known in (
        ("--verdict", VERDICTS),
        ("--status", STATUSES),
        ("--method", (*METHODS, "none")),
        ("--pattern", (*PATTERNS, "none")),
    ):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar=option[2:].upper(),
            help=f"one or several by commas: {', '.join(known)}",
        )


def query_of(options: argparse.Namespace, words: tuple[str, ...] = ()) -> Query:
    """Stops on a value that is not known."""
    return Query(
        _chosen("--verdict", options.verdict, VERDICTS),
        _chosen("--status", options.status, STATUSES),
        _chosen("--method", options.method, (*METHODS, "none")),
        _chosen("--pattern", options.pattern, (*PATTERNS, "none")),
        words,
    )


def _chosen(option: str, given: list[str], known: tuple[str, ...]) -> frozenset[str]:
    values = [value.strip().lower() for each in given for value in each.split(",")]
    for value in values:
        if value not in known:
            close = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
            raise Stop(Exit.USAGE, f"{option} {value}: unknown; {hint}")
    return frozenset(values)
