"""What somebody may have meant who wrote a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable

LONG = 100
MANY = 20  # suggestions for one file: after so many, looking for more helps nobody


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that differs in the fewest characters, if those are at most half of it."""
    if len(name) > LONG:
        return None
    ranked = (
        (distance(name.lower(), other.lower()), other) for other in names if len(other) <= LONG
    )
    best = min(ranked, default=None)
    return best[1] if best and 2 * best[0] <= max(len(name), len(best[1])) else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The end of a message: the nearest name, or nothing."""
    return suggestion(nearest(name, names))


def suggestion(meant: str | None) -> str:
    return f"; did you mean `{meant}`?" if meant else ""


def distance(one: str, other: str) -> int:
    """How many characters must be added, dropped or changed."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b)))
    return row[-1]
