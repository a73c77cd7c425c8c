"""Finding the few test files that name an invariant among many that do not."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.process import printed_seconds
from benchmarks.row import Measure, Row, Sizes, in_turn
from benchmarks.suites import plant_long

CPU = 0.1
SIDE = Path(__file__).parents[1] / "sides" / "references.py"


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "suite"
    plant_long(root, sizes.tests)

    def find(side: str) -> float:
        return printed_seconds([sys.executable, str(SIDE), side], root)

    pairs = in_turn(lambda: find("ours"), lambda: find("tree-sitter"), sizes.runs)
    return [Measure("CPU", "s", tuple(pairs), CPU)]


ROW = Row(
    "references",
    "finding references in {tests:,} test files, 5 % with one",
    "tree-sitter over all of them",
    measure,
)
