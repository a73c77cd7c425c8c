"""Which lines of the present files ran under a result."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import SequenceMatcher

from adr_lsp.evidence.history import Entry
from adr_lsp.snapshot.freshness import covered_then, old_bytes
from adr_lsp.snapshot.model import Snapshot

LONGEST_DIFF = 2_000


def covered_lines(snapshot: Snapshot, entry: Entry) -> Mapping[str, tuple[int, ...]]:
    """Lines by path, as they are numbered now; without those that changed since the run."""
    lines = {
        path: tuple(sorted(_present(snapshot, entry, path, then)))
        for path, then in (covered_then(entry) or {}).items()
    }
    return {path: numbers for path, numbers in lines.items() if numbers}


def _present(snapshot: Snapshot, entry: Entry, path: str, then: Collection[int]) -> Collection[int]:
    digest = entry.run.content.get(path)
    if path in entry.run.changed or digest is None:
        return ()
    if snapshot.tree.digest(path) == digest:
        return then
    old, new = old_bytes(snapshot, entry.run)(path), snapshot.tree.read(path)
    if old is None or new is None:
        return ()
    return shifted(old, new, then)


def shifted(old: bytes, new: bytes, lines: Collection[int]) -> Collection[int]:
    """Where those of the lines (from 1) that are unchanged stand in the new bytes."""
    places = moved(old, new)
    return {places[line] for line in lines if line in places}


def moved(old: bytes, new: bytes) -> Mapping[int, int]:
    """For each line (from 1) that is unchanged, where it stands in the new bytes."""
    before, after = old.splitlines(), new.splitlines()
    start = _alike(before, after)
    end = min(_alike(before[start:][::-1], after[start:][::-1]), len(before), len(after))
    places = {line: line for line in range(1, start + 1)}
    for line in range(len(before) - end + 1, len(before) + 1):
        places[line] = line + len(after) - len(before)
    middle = before[start : len(before) - end], after[start : len(after) - end]
    if max(map(len, middle)) <= LONGEST_DIFF:
        for a, b, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
            places |= {start + a + n + 1: start + b + n + 1 for n in range(size)}
    return places


def _alike(one: list[bytes], other: list[bytes]) -> int:
    """How many lines are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
