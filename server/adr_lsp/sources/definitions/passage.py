"""A passage of code: compared by its bytes, and where these differ, by its normal form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from tree_sitter import Node

_LINE_END = re.compile(rb"\r\n?")
LARGEST = 1 << 20  # bytes of a file that is looked into


@dataclass(frozen=True, slots=True)
class Reading:
    """How one language is compared: the words of a node's normal form without the nodes whose
    ids are left out, the names that stand in it, and those that run with it."""

    normal: Callable[[Node, frozenset[int]], Iterator[str]]
    names: Callable[[Node, frozenset[int]], Iterator[str]]
    calls: Callable[[Node, frozenset[int]], Iterator[str]]


class Passage:
    """Some nodes, read only as far as somebody asks."""

    def __init__(
        self, nodes: Iterable[Node], reading: Reading, without: Iterable[Node] = ()
    ) -> None:
        self._nodes = tuple(nodes)
        self._reading = reading
        self._without = tuple(without)

    @cached_property
    def _left_out(self) -> frozenset[int]:
        return frozenset(node.id for node in self._without)

    @cached_property
    def raw(self) -> bytes:
        return b"\0".join(piece for node in self._nodes for piece in self._pieces(node))

    def _pieces(self, node: Node) -> Iterator[bytes]:
        text, at = node.text or b"", 0
        for hole in sorted(self._without, key=lambda hole: hole.start_byte):
            start, end = hole.start_byte - node.start_byte, hole.end_byte - node.start_byte
            if at <= start and end <= len(text):
                yield text[at:start]
                at = end
        yield text[at:]

    @cached_property
    def digest(self) -> str:
        left_out = self._left_out
        return digest(w for node in self._nodes for w in self._reading.normal(node, left_out))

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that stands in the passage."""
        left_out = self._left_out
        return frozenset(n for node in self._nodes for n in self._reading.names(node, left_out))

    @cached_property
    def calls(self) -> frozenset[str]:
        """The names whose code may run when the passage does."""
        left_out = self._left_out
        return frozenset(n for node in self._nodes for n in self._reading.calls(node, left_out))

    @property
    def is_empty(self) -> bool:
        return not any(self._nodes)


class Whole:
    """Bytes that are not looked into: any difference counts."""

    names: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.is_empty = not raw

    @cached_property
    def digest(self) -> str:
        return digest([repr(self.raw)])


Said = Passage | Whole


def alike(some: Iterable[Said], others: Iterable[Said]) -> bool:
    """Whether two rows of passages say the same."""
    first, second = list(some), list(others)
    return len(first) == len(second) and all(map(_same, first, second))


def alike_in_any_order(some: Iterable[Said], others: Iterable[Said]) -> bool:
    """Whether two sets of passages say the same; only those whose bytes differ are looked into."""
    first, second = list(some), list(others)
    both = Counter(said.raw for said in first) & Counter(said.raw for said in second)
    rest = _without(first, both), _without(second, both)
    return sorted(s.digest for s in rest[0]) == sorted(s.digest for s in rest[1])


def _without(said: list[Said], known: Counter[bytes]) -> list[Said]:
    left, kept = Counter(known), []
    for one in said:
        if left[one.raw]:
            left[one.raw] -= 1
        else:
            kept.append(one)
    return kept


def _same(one: Said, other: Said) -> bool:
    return one.raw == other.raw or one.digest == other.digest


def digest(words: Iterable[str]) -> str:
    return blake2b("\0".join(words).encode(errors="replace"), digest_size=16).hexdigest()


def words(said: str) -> frozenset[str]:
    """A set of words."""
    return frozenset(said.split())


def plain(raw: bytes) -> bytes:
    """UTF-8 with plain line ends, whatever the file has."""
    data = _LINE_END.sub(b"\n", raw.removeprefix(b"\xef\xbb\xbf"))
    return data if data.isascii() else data.decode(errors="replace").encode()
