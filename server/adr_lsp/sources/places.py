"""Where references may stand in a file of code: its tests, and what holds tests."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from adr_lsp.sources.code import Code
from adr_lsp.sources.model import Test
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

DEEPEST = 20  # scopes within scopes


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a place that may name invariants by itself.

    `form` is `title` (tags in it), `marker` (a list) or `identifier`.
    """

    start: int
    end: int
    form: str


@dataclass(frozen=True, slots=True)
class Place:
    """One test, or what holds tests. All numbers are bytes.

    `start` is where its decorators begin, `head` where its body does. `title` is its part of the
    names of its tests (empty: none), `spoken` the same as tools print it. `method` is None for what
    only holds tests. A `part` belongs to the test around it and stands for that.
    """

    start: int
    head: int
    end: int
    name: tuple[int, int]
    title: str
    method: str | None = None
    spoken: str = ""
    marks: tuple[Mark, ...] = ()
    part: bool = False


class Outline:
    """The places of a file in source order, the tests that they make, and its comments.

    `comments` are the first and last byte of each.
    """

    def __init__(
        self, code: Code, places: Iterable[Place], comments: Sequence[tuple[int, int]]
    ) -> None:
        self.code = code
        self.comments = comments
        self.places: list[Place] = []
        self.parents: list[int] = []
        self.tests: list[Test] = []
        self.spans: list[tuple[int, int]] = []
        self.owned: dict[int, list[str]] = {ROOT: []}
        self._nest(sorted(places, key=lambda place: (place.start, -place.end)))

    def _nest(self, places: list[Place]) -> None:
        open_ones: list[int] = []
        for place in places:
            while open_ones and self.places[open_ones[-1]].end <= place.start:
                open_ones.pop()
            if len(open_ones) < DEEPEST:
                self._add(place, open_ones)
                open_ones.append(len(self.places) - 1)

    def _add(self, place: Place, around: list[int]) -> None:
        index = len(self.places)
        self.places.append(place)
        self.parents.append(around[-1] if around else ROOT)
        self.owned[index] = self.owned[around[-1]] if place.part and around else []
        scopes = [*(self.places[i] for i in around), place]
        name = "::".join(scope.title for scope in scopes if scope.title)
        if place.method is None or not place.title:
            return
        spoken = "::".join(scope.spoken or scope.title for scope in scopes if scope.title)
        test = Test(
            name=name,
            range=self.code.range(place.start, place.end),
            name_range=self.code.range(*place.name),
            method=place.method,
            aliases=(spoken,) if spoken != name else (),
        )
        self.tests.append(test)
        self.spans.append((place.start, place.end))
        for owner in (ROOT, *around, index):
            if not self.owned[owner] or self.owned[owner][-1] != name:
                self.owned[owner].append(name)

    @cached_property
    def lines(self) -> list[int]:
        """Where each line begins."""
        data, found = self.code.data, [0]
        at = data.find(b"\n")
        while at >= 0:
            found.append(at + 1)
            at = data.find(b"\n", at + 1)
        return found

    def row(self, byte: int) -> int:
        return bisect_right(self.lines, byte) - 1

    def line_end(self, row: int) -> int:
        """The line feed of a line, or the file's end."""
        return self.lines[row + 1] - 1 if row + 1 < len(self.lines) else len(self.code.data)

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def beginning_in(self, start: int, end: int) -> int | None:
        """The first place that begins there."""
        found = bisect_left(self._starts, start)
        return found if found < len(self.places) and self._starts[found] < end else None

    def around(self, byte: int) -> Iterator[int]:
        """The places that hold a byte, the innermost first."""
        index = bisect_right(self._starts, byte) - 1
        while index >= 0:
            if byte < self.places[index].end:
                yield index
            index = self.parents[index]


ROOT = -1


def gather(root: Node, wanted: frozenset[str]) -> list[Node]:
    """Every node of some types, in source order; also in trees that are very deep or wide."""
    found = []
    cursor = root.walk()
    while True:
        node = cursor.node
        if node is not None and node.type in wanted:
            found.append(node)
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found
