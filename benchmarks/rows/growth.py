"""What one record costs in a log of ten times as many: nothing may grow with the log."""

from __future__ import annotations

from pathlib import Path

from benchmarks.records import plant_records
from benchmarks.row import Measure, Row, Sizes, fewer, in_turn
from benchmarks.rows.check import ours

GROWTH = 1.1
FACTOR = 10


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    small, large = folder / "small", folder / "large"
    fewer_records = max(1, sizes.records // FACTOR)
    plant_records(small, fewer_records)
    plant_records(large, sizes.records)
    pairs = in_turn(
        lambda: ours(large).cpu * 1e3 / sizes.records,
        lambda: ours(small).cpu * 1e3 / fewer_records,
        fewer(sizes),
    )
    return [Measure("CPU per record", "ms", tuple(pairs), GROWTH)]


ROW = Row("growth", "a record of {records:,}", "a record of a tenth as many", measure, (10_000,))
