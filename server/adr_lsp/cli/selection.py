"""Which rules speak and which baseline counts, as the command line says over the configuration."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from adr_lsp.cli.exit import Exit, Stop
from adr_lsp.cli.root import relative
from adr_lsp.config import Config
from adr_lsp.features import baseline
from adr_lsp.features.selection import OFF, fault, named
from adr_lsp.snapshot import Snapshot
from adr_lsp.workspace import Workspace


def selection_arguments(parser: argparse.ArgumentParser) -> None:
    """`--select` and `--ignore`."""
    parser.add_argument(
        "--select",
        action="append",
        metavar="RULES",
        help="the only rules that speak, in place of what is configured: codes, beginnings of "
        "codes (ADL5), names or ALL, with commas between; may be repeated",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        metavar="RULES",
        help="rules that are silent; may be repeated",
    )


def baseline_arguments(parser: argparse.ArgumentParser) -> None:
    """`--baseline` and `--no-baseline`."""
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="the file of findings that are accepted as they are",
    )
    parser.add_argument(
        "--no-baseline", action="store_true", help="tell also what the baseline accepts"
    )


def selected(snapshot: Snapshot, options: argparse.Namespace, workspace: Workspace) -> Snapshot:
    """The snapshot as the options have it judged, its base in the same way."""
    changes = _changes(snapshot.config, options, workspace.root)
    as_asked = _judged(snapshot, changes) if changes else snapshot
    if changes.get("baseline") and baseline.of(as_asked) is None:
        raise Stop(Exit.USAGE, f"{options.baseline}: no file that can be read")
    return as_asked


def _judged(snapshot: Snapshot, changes: dict[str, Any]) -> Snapshot:
    config = replace(snapshot.config, **changes)
    base = snapshot.base and _judged(snapshot.base, changes)
    return replace(snapshot, config=config, base=base, memo={})


def _changes(config: Config, options: argparse.Namespace, root: Path) -> dict[str, Any]:
    """`--select` stands in place of all that the configuration selects, ignores or has off; what
    `--ignore` means is silent whatever the configuration selects.
    """
    changes: dict[str, Any] = {}
    select, ignore = _names(options, "select"), _names(options, "ignore")
    if select:
        on = tuple(each for each in config.severity if each[1] != OFF)
        changes.update(select=select, ignore=ignore, severity=on)
    elif ignore:
        changes["ignore"] = (*config.ignore, *(rule.code for rule in named(ignore)))
    if options.no_baseline:
        changes["baseline"] = ""
    elif options.baseline:
        changes["baseline"] = relative(options.baseline, root)
    return changes


def _names(options: argparse.Namespace, option: str) -> tuple[str, ...]:
    given: Iterable[str] = getattr(options, option) or ()
    names = tuple(name.strip() for part in given for name in part.split(",") if name.strip())
    for name in names:
        wrong = fault(name)
        if wrong:
            raise Stop(Exit.USAGE, f"--{option}: {wrong}")
    return names


def need_baseline_that_reads(snapshot: Snapshot) -> None:
    """Stops where the baseline is there and cannot be used."""
    problem = baseline.fault(snapshot)
    if problem:
        place = f"{problem.path}:{problem.range.start.line + 1}"
        raise Stop(Exit.USAGE, f"{place}: {problem.message}")
