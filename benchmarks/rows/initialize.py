"""From the start of the server to its answer to `initialize`, in a large log."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.client import Client
from benchmarks.process import program
from benchmarks.records import plant_records
from benchmarks.row import Measure, Row, Sizes, in_turn

CPU = 1.15
BARE = Path(__file__).parents[1] / "sides" / "bare_pygls.py"


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)
    pairs = in_turn(
        lambda: _started([program("adr-lsp")], root),
        lambda: _started([sys.executable, str(BARE)], root),
        sizes.runs * 2,
    )
    return [Measure("CPU", "ms", tuple(pairs), CPU)]


def _started(command: list[str], root: Path) -> float:
    with Client(command, root) as client:
        client.initialize()
        return client.cpu * 1e3


ROW = Row("initialize", "`initialize`, {records:,} records", "a bare pygls server", measure)
