"""What recording adds to a run of tests that do nothing themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.process import Cost, cost
from benchmarks.row import Measure, Row, Sizes, in_turn
from benchmarks.suites import plant_trivial

CPU = 1.03
ALONE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # no other plugin pays for a part of the time


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "suite"
    plant_trivial(root, sizes.tests)

    def run(recorder: str) -> Cost:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", recorder]
        return cost(command, root, more=ALONE)

    pairs = in_turn(lambda: run("adr_lsp_pytest"), lambda: run("no:adr_lsp_pytest"), sizes.runs)
    runs = list((root / ".adr-lsp/evidence").glob("*.jsonl"))
    assert len(runs) == sizes.runs + 1, "a run was not recorded, or one that should not have been"
    return [Measure("CPU", "s", tuple((a.cpu, b.cpu) for a, b in pairs), CPU)]


ROW = Row("recorder", "the pytest recorder, {tests:,} trivial tests", "pytest without it", measure)
