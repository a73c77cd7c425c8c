"""The same log, against the linter that most repositories have."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import Cost, cost, node_program
from benchmarks.records import plant_records
from benchmarks.row import ALL_SIZES, Measure, Row, Sizes, in_turn
from benchmarks.rows.check import ours

CPU = 0.04
OFTEN = 3  # it takes seconds, at many records minutes


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)

    def theirs() -> Cost:
        return cost([*node_program("markdownlint-cli2"), "**/*.md"], root, exits=(0, 1))

    runs = 1 if sizes.records > 1_000 else min(sizes.runs, OFTEN)
    pairs = in_turn(lambda: ours(root), theirs, runs)
    promised = CPU if sizes.records >= 1_000 else None
    return [Measure("CPU", "s", tuple((a.cpu, b.cpu) for a, b in pairs), promised)]


ROW = Row(
    "markdownlint",
    "`--check`, cold, {records:,} records",
    "`markdownlint-cli2`",
    measure,
    ALL_SIZES,
)
