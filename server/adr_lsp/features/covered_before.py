"""Lines that ran under a test and are no longer as they were: each counts for what it stood in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from adr_lsp.evidence.history import Entry
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.covered import moved
from adr_lsp.snapshot.freshness import covered_then, old_bytes
from adr_lsp.snapshot.judgement import judge


def lines_that_changed(
    snapshot: Snapshot, record: Record, invariant: Invariant, path: str
) -> Mapping[str, frozenset[int]]:
    """For each test of an invariant, by its id: in the present file the lines (from 0) under which
    stood what ran and has changed since."""
    return {
        linked.id: frozenset(
            line
            for judged in judge(snapshot, record, invariant, linked)
            if judged.entry
            for line in _headings(snapshot, judged.entry, path)
        )
        for linked in tests_of(snapshot, record, invariant)
    }


def _headings(snapshot: Snapshot, entry: Entry, path: str) -> Collection[int]:
    then = (covered_then(entry) or {}).get(path, ())
    digest = entry.run.content.get(path)
    if not then or digest is None or snapshot.tree.digest(path) == digest:
        return ()
    old, new = old_bytes(snapshot, entry.run)(path), snapshot.tree.read(path)
    if old is None or new is None:
        return ()
    places, lines = moved(old, new), old.splitlines()
    return {
        place - 1 for line in then if line not in places for place in _above(line, lines, places)
    }


def _above(line: int, lines: list[bytes], places: Mapping[int, int]) -> Iterator[int]:
    """Where the nearest line stands now that is above and indented less, if it is as it was."""
    for number in range(min(line, len(lines)) - 1, 0, -1):
        if lines[number - 1].strip() and _indent(lines[number - 1]) < _indent(lines[line - 1]):
            if number in places:
                yield places[number]
            return


def _indent(line: bytes) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())
