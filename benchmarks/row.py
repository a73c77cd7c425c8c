"""What a row of the table is: some work of ours, a peer, and how often one fits in the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much work, and how often."""

    runs: int = 5
    records: int = 1_000
    tests: int = 5_000
    keystrokes: int = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """One quantity of a row as (ours, theirs), one pair per run.

    `target` is what the median ratio is to stay below; None where nothing was promised.
    """

    name: str
    unit: str
    pairs: tuple[tuple[float, float], ...]
    target: float | None = None

    @property
    def ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in self.pairs]

    @property
    def ours(self) -> float:
        return median(ours for ours, _ in self.pairs)

    @property
    def theirs(self) -> float:
        return median(theirs for _, theirs in self.pairs)

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def within(self) -> bool | None:
        return None if self.target is None else self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Row:
    """`measure` gets a folder of its own, which it fills with what both sides work on.

    It is measured at each of `records`, the sizes of the log.
    """

    name: str
    what: str
    against: str
    measure: Callable[[Path, Sizes], list[Measure]]
    records: tuple[int, ...] = (1_000,)


ALL_SIZES = (100, 1_000, 10_000)
MANY = 10_000  # from here on runs are long, so there are fewer


def fewer(sizes: Sizes) -> int:
    """How often to run what takes long with so many records."""
    return min(sizes.runs, 3) if sizes.records >= MANY else sizes.runs


def in_turn(ours: Callable[[], T], theirs: Callable[[], T], runs: int) -> list[tuple[T, T]]:
    """Both sides alternately, after one run of each that warms files and `.pyc` and counts not."""
    ours(), theirs()
    return [(ours(), theirs()) for _ in range(runs)]
