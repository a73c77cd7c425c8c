"""One record for the first time: what starting costs."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import plant_records
from benchmarks.row import Measure, Row, Sizes, in_turn

CPU = 14
OFTEN = 4  # times as many runs: each is short


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, 1)

    def ours() -> Cost:
        return cost([program("adr-lsp"), "--check"], root, exits=(0, 1))

    def theirs() -> Cost:
        return cost([sys.executable, "-c", "pass"], root)

    pairs = in_turn(ours, theirs, sizes.runs * OFTEN)
    return [Measure("CPU", "ms", tuple((a.cpu * 1e3, b.cpu * 1e3) for a, b in pairs), CPU)]


ROW = Row("first", "`--check` on one record, first", "`python -c pass`", measure)
