"""A whole log, with no cache on either side."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import plant_records
from benchmarks.row import Measure, Row, Sizes, in_turn

CPU = 0.65
MEMORY = 0.7
MANY = 10_000  # from here on memory was promised too


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)

    def ours() -> Cost:
        return cost([program("adr-lsp"), "--check"], root, exits=(0, 1))

    def theirs() -> Cost:
        return cost([program("rumdl"), "check", "--no-cache", "."], root, exits=(0, 1))

    pairs = in_turn(ours, theirs, sizes.runs)
    memory = tuple((a.memory / 2**20, b.memory / 2**20) for a, b in pairs)
    return [
        Measure("CPU", "s", tuple((a.cpu, b.cpu) for a, b in pairs), CPU),
        Measure("peak memory", "MiB", memory, MEMORY if sizes.records >= MANY else None),
    ]


ROW = Row("check", "`--check`, cold, {records:,} records", "`rumdl check --no-cache`", measure)
