"""Which lines ran under each test, decoded when somebody asks: most runs are never asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adr_lsp.evidence.paths import inside

Key = tuple[str, str | None]

LARGEST_LINE = 1_000_000
_STRING = rb'"(?:[^"\\]|\\.)*+"'
_HEAD = re.compile(
    rb'\{\s*+"type":\s*+"coverage",\s*+"test":\s*+(%b),\s*+"parameter":\s*+(null|%b),\s*+"files":'
    % (_STRING, _STRING)
)


class Coverage(Mapping[Key, Mapping[str, frozenset[int]]]):
    """(test, parameter) → path → lines, over the undecoded `coverage` lines of one run."""

    __slots__ = ("_lines",)

    def __init__(self, lines: Mapping[Key, Sequence[bytes]]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._lines)

    def __getitem__(self, key: Key) -> Mapping[str, frozenset[int]]:
        lines: dict[str, set[int]] = {}
        for raw in self._lines[key]:
            for path, ranges in _files(raw).items():
                lines.setdefault(path, set()).update(_expanded(ranges))
        return {path: frozenset(numbers) for path, numbers in lines.items()}

    def __reduce__(self) -> tuple[type[Coverage], tuple[Mapping[Key, Sequence[bytes]]]]:
        return Coverage, (self._lines,)


def key_of(raw: bytes) -> Key | None:
    """The test and parameter of a line that is written as our recorders write it, else None."""
    head = _HEAD.match(raw)
    if head is None or not raw.endswith(b"}}"):
        return None
    try:
        return json.loads(head[1]), json.loads(head[2])
    except ValueError:
        return None


def _files(raw: bytes) -> Mapping[str, Any]:
    try:
        files = json.loads(raw).get("files")
    except (ValueError, RecursionError, AttributeError):
        return {}
    return {p: r for p, r in files.items() if inside(p)} if isinstance(files, dict) else {}


def _expanded(ranges: Any) -> frozenset[int]:
    """The lines of `[[10, 14], [20, 20]]`, as far as they make sense."""
    if not isinstance(ranges, list):
        return frozenset()
    return frozenset(
        line for pair in ranges if _is_span(pair) for line in range(pair[0], pair[1] + 1)
    )


def _is_span(pair: Any) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(end) is int for end in pair)
        and 1 <= pair[0] <= pair[1] <= LARGEST_LINE
    )
