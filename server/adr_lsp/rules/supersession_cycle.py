"""
## What it does
Reports records that supersede each other in a circle, and a record that supersedes itself. Each
circle stands once: in the last of its records by path, where that one closes it. What is
superseded in part only is no circle.

## Why
Of two decisions that each replace the other, nobody can say which one binds.

## Example
````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Superseded by [2](0002-use-streams.md)
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

## Status

Superseded by [1](0001-use-queues.md)
              ^^^^^^^^^^^^^^^^^^^^^^^ ADL506 `ADR-0002` and `ADR-0001` supersede each other
````

## How to mend
Decide which one binds, and take the status of the other back.

````adr docs/adr/0001-use-queues.md
# 1. Use queues

## Status

Superseded by [2](0002-use-streams.md)
````
````adr docs/adr/0002-use-streams.md
# 2. Use streams

## Status

Accepted
````
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from adr_lsp.diagnostic import Related, Severity
from adr_lsp.record import Record
from adr_lsp.rule import LOG, Finding, quoted, rule
from adr_lsp.rules.succession import Step, steps
from adr_lsp.snapshot import Snapshot

SHOWN = 4  # records of a long circle that a message names
Steps = Mapping[str, Sequence[Step]]  # by the path of the record that was superseded


@rule("ADL506", "supersession-cycle", Severity.WARNING, reads=LOG, doc=__doc__)
def supersession_cycle(record: Record, snapshot: Snapshot) -> Iterator[Finding]:
    if record.supersedes or record.superseded_by:
        for circle in _circles(snapshot):
            closing = max(circle, key=lambda step: (step.by.path, step.said.range))
            if closing.by.path == record.path:
                yield Finding(
                    closing.said.range, _message(circle, snapshot), related=_places(circle)
                )


def _message(circle: Sequence[Step], snapshot: Snapshot) -> str:
    names = [quoted(snapshot.log.key(step.old)) for step in circle]
    if len(names) == 1:
        return f"{names[0]} supersedes itself"
    if len(names) > SHOWN:
        names[SHOWN - 1 :] = [f"{len(names) - SHOWN + 1} more"]
    return f"{', '.join(names[:-1])} and {names[-1]} supersede each other"


def _places(circle: Sequence[Step]) -> tuple[Related, ...]:
    return tuple(
        Related(step.by.path, step.said.range, f"{quoted(step.new.key)} takes its place")
        for step in circle[:SHOWN]
        if len(circle) > 1
    )


def _circles(snapshot: Snapshot) -> tuple[tuple[Step, ...], ...]:
    """One circle, the shortest through the last record by path, of each knot of records."""
    if _circles not in snapshot.memo:
        onward: dict[str, list[Step]] = {}
        for step in steps(snapshot):
            onward.setdefault(step.old.path, []).append(step)
        found = (_shortest(max(knot), onward, knot) for knot in _knots(onward))
        snapshot.memo[_circles] = tuple(circle for circle in found if circle)
    circles: tuple[tuple[Step, ...], ...] = snapshot.memo[_circles]
    return circles


def _knots(onward: Steps) -> Iterator[frozenset[str]]:
    """The sets of records each of which leads to each other one."""
    back: dict[str, list[str]] = {}
    for old, taken in onward.items():
        for step in taken:
            back.setdefault(step.new.path, []).append(old)
    seen: set[str] = set()
    for start in reversed(_finished(onward)):
        if start in seen:
            continue
        knot, left = set(), [start]
        while left:
            path = left.pop()
            if path not in seen:
                seen.add(path)
                knot.add(path)
                left += back.get(path, ())
        yield frozenset(knot)


def _finished(onward: Steps) -> list[str]:
    """Every record, each behind those to which it leads and that do not lead back."""
    order: list[str] = []
    seen: set[str] = set()
    for start in sorted(onward):
        left = [(start, False)]
        while left:
            path, done = left.pop()
            if done:
                order.append(path)
            elif path not in seen:
                seen.add(path)
                left.append((path, True))
                left += [(step.new.path, False) for step in onward.get(path, ())]
    return order


def _shortest(start: str, onward: Steps, within: frozenset[str]) -> tuple[Step, ...]:
    """The fewest steps that lead from a record back to it; none if nothing does."""
    ways: dict[str, tuple[Step, ...]] = {}
    level: dict[str, tuple[Step, ...]] = {start: ()}
    while level:
        below: dict[str, tuple[Step, ...]] = {}
        for path, way in level.items():
            for step in onward.get(path, ()):
                if step.new.path == start:
                    return (*way, step)
                if step.new.path in within and step.new.path not in ways:
                    ways[step.new.path] = below[step.new.path] = (*way, step)
        level = below
    return ()
