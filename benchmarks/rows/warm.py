"""A whole log that both sides have seen before; then with one record written anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.process import Cost, cost, program
from benchmarks.records import FOLDER, plant_records
from benchmarks.row import ALL_SIZES, MANY, Measure, Row, Sizes, in_turn

CPU, CPU_OF_MANY = 0.7, 0.5


def measure(folder: Path, sizes: Sizes) -> list[Measure]:
    root = folder / "log"
    plant_records(root, sizes.records)
    (root / ".adr-lsp").mkdir()  # as after `adr-lsp init`: the cache is kept nowhere else
    edited = root / FOLDER / "0001-decision-1.md"
    written = 0

    def ours() -> Cost:
        return cost([program("adr-lsp"), "--check"], root, exits=(0, 1))

    def theirs() -> Cost:
        return cost([program("rumdl"), "check", "."], root, exits=(0, 1))

    def edit() -> None:
        nonlocal written
        written += 1
        with edited.open("a", encoding="utf-8") as file:
            file.write(f"\nOne more sentence, number {written}.\n")

    def after_edit(side: Callable[[], Cost]) -> Cost:
        edit()
        return side()

    same = in_turn(ours, theirs, sizes.runs)
    changed = in_turn(lambda: after_edit(ours), lambda: after_edit(theirs), sizes.runs)
    promised = CPU_OF_MANY if sizes.records >= MANY else CPU if sizes.records >= 1_000 else None
    return [
        Measure("CPU, nothing changed", "ms", _milliseconds(same), promised),
        Measure("CPU, one record changed", "ms", _milliseconds(changed)),
    ]


def _milliseconds(pairs: list[tuple[Cost, Cost]]) -> tuple[tuple[float, float], ...]:
    return tuple((a.cpu * 1e3, b.cpu * 1e3) for a, b in pairs)


ROW = Row(
    "warm",
    "`--check`, warm, {records:,} records",
    "`rumdl check`, warm",
    measure,
    ALL_SIZES,
)
