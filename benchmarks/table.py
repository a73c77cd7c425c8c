"""The table of all rows, for a terminal or as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from benchmarks.row import Measure, Row, Sizes

HEAD = ("row", "what", "against", "measured", "ours", "theirs", "ratio", "at most", "")


def conditions(sizes: Sizes) -> str:
    """When, and with what; a ratio means little without."""
    today = datetime.now(UTC).date().isoformat()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{today}, {python}, {machine}, {sizes.runs} runs"


def cells(row: Row, measure: Measure, sizes: Sizes) -> tuple[str, ...]:
    """One line of the table; the ratio is a median, with the least and the largest of all runs."""
    least, most = min(measure.ratios), max(measure.ratios)
    verdict = {True: "within", False: "over", None: ""}[measure.within]
    return (
        row.name,
        row.what.format(**asdict(sizes)),
        row.against,
        measure.name,
        f"{_short(measure.ours)} {measure.unit}",
        f"{_short(measure.theirs)} {measure.unit}",
        f"{_short(measure.ratio)} [{_short(least)}–{_short(most)}]",
        "" if measure.target is None else f"{measure.target:g}",
        verdict,
    )


def block(row: Row, measures: Iterable[Measure], sizes: Sizes) -> str:
    """A row for a terminal: what against what, then a line for each quantity."""
    all_cells = [cells(row, measure, sizes) for measure in measures]
    lines = [f"{row.name}: {all_cells[0][1]}, against {row.against}"]
    for _, _, _, name, ours, theirs, ratio, target, verdict in all_cells:
        promised = f"  at most {target}: {verdict}" if target else ""
        lines.append(f"  {name:<18} {ours:>10} {theirs:>10}   {ratio:<22}{promised}")
    return "\n".join(lines)


def markdown(lines: Iterable[tuple[str, ...]]) -> str:
    rows = [HEAD, tuple("---" for _ in HEAD), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _short(number: float) -> str:
    """Three significant digits, never in exponents."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}" if number >= 1 else f"{number:.3f}"
