"""Which names a part of a file calls, itself or through the functions of the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

Span = tuple[int, int]


class Calls:
    """The calls of a file in source order, each as its first byte and a name, and the bodies of its
    functions by their name."""

    def __init__(self, called: Sequence[tuple[int, str]], functions: Mapping[str, Span]) -> None:
        self._starts = [start for start, _ in called]
        self._names = [name for _, name in called]
        self._functions = functions
        self._known: dict[Span, frozenset[str]] = {}

    def of(self, name: str) -> frozenset[str]:
        """All that a function of the file calls; nothing where it is none of the file."""
        span = self._functions.get(name)
        return self.within(span) if span else frozenset()

    def within(self, span: Span) -> frozenset[str]:
        """All that is called in a part of the file, and by what it calls."""
        if span not in self._known:
            self._known[span] = self._reached(span)
        return self._known[span]

    def _reached(self, span: Span) -> frozenset[str]:
        found: set[str] = set()
        pending, seen = [span], {span}
        while pending:
            start, end = pending.pop()
            inside = slice(bisect_left(self._starts, start), bisect_left(self._starts, end))
            for name in set(self._names[inside]) - found:
                found.add(name)
                helper = self._functions.get(name)
                if helper and helper not in seen:
                    seen.add(helper)
                    pending.append(helper)
        return frozenset(found)
