"""A whole log, with no cache on either side."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import plant_records
from benchmarks.row import ALL_SIZES, MANY, Measure, Row, Sizes, fewer, in_turn

CPU = 0.65
MEMORY = 0.7


def ours(root: Path) -> Cost:
    return cost([program("adr-lsp"), "--check", "--no-cache"], root, exits=(0, 1))


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)

    def theirs() -> Cost:
        return cost([program("rumdl"), "check", "--no-cache", "."], root, exits=(0, 1))

    pairs = in_turn(lambda: ours(root), theirs, fewer(sizes))
    memory = tuple((a.memory / 2**20, b.memory / 2**20) for a, b in pairs)
    small = sizes.records < 1_000  # starting is most of it there; nothing was promised
    return [
        Measure("CPU", "s", tuple((a.cpu, b.cpu) for a, b in pairs), None if small else CPU),
        Measure("peak memory", "MiB", memory, MEMORY if sizes.records >= MANY else None),
    ]


ROW = Row(
    "check",
    "`--check`, cold, {records:,} records",
    "`rumdl check --no-cache`",
    measure,
    ALL_SIZES,
)
