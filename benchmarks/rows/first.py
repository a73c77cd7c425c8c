"""One record: what starting costs, for the first time and again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import plant_records
from benchmarks.row import Measure, Row, Sizes, in_turn

FIRST, AGAIN = 14, 5
OFTEN = 4  # times as many runs: each is short


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, 1)

    def again() -> Cost:
        return cost([program("adr-lsp"), "--check"], root, exits=(0, 1))

    def first() -> Cost:
        shutil.rmtree(root / ".adr-lsp", ignore_errors=True)
        (root / ".adr-lsp").mkdir()  # as after `adr-lsp init`: the cache is kept nowhere else
        return again()

    def theirs() -> Cost:
        return cost([sys.executable, "-c", "pass"], root)

    runs = sizes.runs * OFTEN
    return [
        Measure("CPU, first", "ms", _milliseconds(in_turn(first, theirs, runs)), FIRST),
        Measure("CPU, again", "ms", _milliseconds(in_turn(again, theirs, runs)), AGAIN),
    ]


def _milliseconds(pairs: list[tuple[Cost, Cost]]) -> tuple[tuple[float, float], ...]:
    return tuple((a.cpu * 1e3, b.cpu * 1e3) for a, b in pairs)


ROW = Row("first", "`--check` on one record", "`python -c pass`", measure)
