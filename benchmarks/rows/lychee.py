"""The same log, against a checker of links alone."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import plant_records
from benchmarks.row import ALL_SIZES, Measure, Row, Sizes, fewer, in_turn
from benchmarks.rows.check import ours

LINKS = ("--offline", "--include-fragments", "--no-progress", "--quiet", ".")


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)

    def theirs() -> Cost:
        return cost([program("lychee"), *LINKS], root, exits=(0, 1, 2))

    pairs = in_turn(lambda: ours(root), theirs, fewer(sizes))
    memory = tuple((a.memory / 2**20, b.memory / 2**20) for a, b in pairs)
    return [
        Measure("CPU", "s", tuple((a.cpu, b.cpu) for a, b in pairs)),
        Measure("peak memory", "MiB", memory),
    ]


ROW = Row(
    "lychee",
    "`--check`, cold, {records:,} records",
    "`lychee --offline`, links alone",
    measure,
    ALL_SIZES,
)
