"""Which invariants a passage of code is covered by, at its first line.

A passage is a line with all that is indented below it, whatever the language; of a class, a module
and the like each passage inside counts for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from adr_lsp.features.test_tree import covered_by_test
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.snapshot.reason import plural
from adr_lsp.snapshot.tests import may_have_tests
from adr_lsp.text import Position, Text, decode

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
    """Ends of lines with what to say there; nothing of a file that no run saw as it is."""
    raw = snapshot.tree.read(path)
    digest = snapshot.tree.digest(path)
    if raw is None or not any(run.content.get(path) == digest for run in snapshot.runs):
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


Told = tuple[str, dict[str, frozenset[int]]]  # an invariant's key; by test, lines from 0


def _told(snapshot: Snapshot, path: str) -> Iterator[Told]:
    for record in snapshot.log:
        for invariant in () if record.status.retired else record.invariants:
            key = snapshot.log.invariant_key(invariant)
            if key and _covers(snapshot, record, invariant, path):
                tests = covered_by_test(snapshot, record, invariant)
                lines = {
                    test: frozenset(line - 1 for line in files[path])
                    for test, files in tests.items()
                    if path in files
                }
                yield key, lines


def _covers(snapshot: Snapshot, record: Record, invariant: Invariant, path: str) -> bool:
    if not may_have_tests(snapshot, record, invariant):
        return False
    return path in standing(snapshot, record, invariant).covered


def _counts(told: Sequence[Told], passage: range) -> dict[str, int]:
    """How many tests of each invariant ran through the passage."""
    counts = {
        key: sum(any(line in passage for line in lines) for lines in tests.values())
        for key, tests in told
    }
    return {key: count for key, count in counts.items() if count}


def _label(counts: dict[str, int]) -> str:
    """`covered by ADR-0003/INV-2: 3 tests`."""
    named = [f"{key}: {plural(count, 'test')}" for key, count in list(counts.items())[:NAMED]]
    more = [f"{len(counts) - NAMED} more"] if len(counts) > NAMED else []
    return f"covered by {', '.join((*named, *more))}"


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
