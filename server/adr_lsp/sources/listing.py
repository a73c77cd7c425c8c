"""Lines that may name invariants, and the references that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from adr_lsp.sources.model import Reference
from adr_lsp.sources.verifies import Item, continues, items, mentions
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.sources.code import Code


@dataclass(frozen=True, slots=True)
class Line:
    """One line that may hold names: its first byte, its row, the place it stands at, and where
    a list begins in it (None where there is none, unless it goes on from the line before)."""

    text: str
    byte: int
    row: int
    form: str
    place: int | None
    start: int | None


def references(
    code: Code,
    owned: Mapping[int, Sequence[str]],
    lines: Iterable[Line],
    prefixes: tuple[str, ...],
) -> Iterator[Reference]:
    """What the lines, in source order, name; `owned` are the tests of each place."""
    key, before, goes_on = "", None, False
    for line in lines:
        if before is None or not _together(before, line):
            key, goes_on = "", False
        start = 0 if goes_on and line.start is None else line.start
        if start is None:
            yield from (reference(code, owned, line, item) for item in _mentioned(line))
        else:
            for item in items(line.text, start, key, prefixes):
                key = item.key
                yield reference(code, owned, line, item)
        goes_on = start is not None and line.form != "marker" and continues(line.text)
        before = line


def _together(before: Line, line: Line) -> bool:
    """Whether a name may take its record from the line before."""
    if line.place is not None:
        return before.place == line.place
    return before.place is None and before.form == line.form and before.row + 1 == line.row


def _mentioned(line: Line) -> Iterator[Item]:
    return mentions(line.text) if line.form == "comment" else iter(())


def reference(code: Code, owned: Mapping[int, Sequence[str]], line: Line, item: Item) -> Reference:
    """The reference that one item of a line is."""
    start = line.byte + len(line.text[: item.start].encode())
    end = start + len(line.text[item.start : item.end].encode())
    place = code.range(start, end)
    if item.id is None:
        return Reference(item.key, None, place, (), "mention")
    tests = tuple(owned.get(line.place, ())) if line.place is not None else ()
    return Reference(item.key, item.id, place, tests, line.form)
