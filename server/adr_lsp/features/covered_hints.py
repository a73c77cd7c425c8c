"""Which invariants a passage of code is covered by, at its first line.

A passage is a line with all that is indented below it, whatever the language; of a class, a module
and the like each passage inside counts for itself. From the first edit on, what a test covered is
shown as stale: at the passage as long as its first line is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adr_lsp.features.covered_before import lines_that_changed
from adr_lsp.features.test_tree import covered_by_test
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.tests import may_have_tests
from adr_lsp.text import Position, Text, decode
from adr_lsp.value import dataclass

_HOLDER = re.compile(
    r"\s*(?:(?:pub(?:\([^)]*\))?|export|default|abstract|public|private|protected|internal|static"
    r"|final|sealed|data|unsafe|declare)\s+)*"
    r"(?:class|impl|mod|module|trait|interface|namespace|object|struct|enum)\b"
)
NAMED = 3
DEEPEST = 20
CLOSING = ")}]"

Passage = tuple[int, int]  # first line and the one behind the last, from 0


def covered_passages(snapshot: Snapshot, path: str) -> list[tuple[Position, str]]:
    """Ends of lines with what to say there."""
    raw = snapshot.tree.read(path)
    if raw is None:
        return []
    told = list(_told(snapshot, path))
    if not told:
        return []
    text = Text(decode(raw)[0])
    lines = [text.line(number) for number in range(text.line_count)]
    tests = snapshot.sources[path].tests if path in snapshot.sources else ()
    own = {n for test in tests for n in range(test.range.start.line, test.range.end.line + 1)}
    found = []
    for start, end in passages(lines, 0, len(lines)):
        counts = _counts(told, range(start, end))
        if counts and start not in own:
            found.append((Position(start, len(lines[start])), _label(counts)))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """An invariant's key, and for each of its tests the lines (from 0) and whether it is stale."""

    key: str
    tests: tuple[tuple[frozenset[int], bool], ...]


def _told(snapshot: Snapshot, path: str) -> Iterator[Told]:
    for record in snapshot.log:
        for invariant in () if record.status.retired else record.invariants:
            key = snapshot.log.invariant_key(invariant)
            if key and may_have_tests(snapshot, record, invariant):
                tests = tuple(_tests(snapshot, record, invariant, path))
                if tests:
                    yield Told(key, tests)


def _tests(
    snapshot: Snapshot, record: Record, invariant: Invariant, path: str
) -> Iterator[tuple[frozenset[int], bool]]:
    stands = standing(snapshot, record, invariant)
    old = {test.id for test in stands.tests if test.stale}
    if path not in stands.covered and not old:
        return
    lost = lines_that_changed(snapshot, record, invariant, path) if old else {}
    for test, files in covered_by_test(snapshot, record, invariant).items():
        lines = {line - 1 for line in files.get(path, ())} | lost.get(test, frozenset())
        if lines:
            yield frozenset(lines), test in old


Count = tuple[int, int]  # tests, and how many of them are stale


def _counts(told: Sequence[Told], passage: range) -> dict[str, Count]:
    """How many tests of each invariant ran through the passage."""
    counts = {}
    for each in told:
        found = [old for lines, old in each.tests if any(line in passage for line in lines)]
        if found:
            counts[each.key] = len(found), sum(found)
    return counts


def _label(counts: dict[str, Count]) -> str:
    """`covered by ADR-0003/INV-2: 3 tests`."""
    named = [f"{key}: {_counted(*count)}" for key, count in list(counts.items())[:NAMED]]
    more = [f"{len(counts) - NAMED} more"] if len(counts) > NAMED else []
    all_old = all(tests == old for tests, old in counts.values())
    return f"{'◐ ' if all_old else ''}covered by {', '.join((*named, *more))}"


def _counted(tests: int, old: int) -> str:
    """`3 tests`, `3 tests, 1 stale`, `3 tests, stale`."""
    said = plural(tests, "test")
    if not old:
        return said
    return f"{said}, stale" if old == tests else f"{said}, {old} stale"


def passages(lines: Sequence[str], start: int, end: int, depth: int = 0) -> Iterator[Passage]:
    """Passages of the lines from `start` to before `end`, without those that only hold others."""
    number = start
    while number < end:
        if lines[number].strip()[:1] in CLOSING:  # a blank line too
            number += 1
            continue
        behind = _behind(lines, number, end)
        if behind > number + 1 and depth < DEEPEST and _HOLDER.match(lines[number]):
            yield from passages(lines, number + 1, behind, depth + 1)
        else:
            yield number, behind
        number = behind


def _behind(lines: Sequence[str], first: int, end: int) -> int:
    """The next line that is indented no deeper than the first, unless it closes a bracket."""
    indent = _indent(lines[first])
    behind = first + 1
    for number in range(first + 1, end):
        line = lines[number].strip()
        if line and _indent(lines[number]) <= indent and line[0] not in CLOSING:
            break
        if line:
            behind = number + 1
    return behind


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
