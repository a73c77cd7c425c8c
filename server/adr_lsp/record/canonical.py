"""The canonical form, read by its lines: most sections have no other, and it costs a third.

Says exactly what reading the blocks says, or nothing at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from itertools import pairwise

from adr_lsp.record.assembly import Reading
from adr_lsp.record.declaration import id_pattern, methods
from adr_lsp.record.extension import of_link, of_words
from adr_lsp.record.model import Form, Invariant, Target, Verifier
from adr_lsp.record.outline import Part
from adr_lsp.text import Position, Range, Text, span
from adr_lsp.value import dataclass

_CODE = r"(?<!`)`[^`\s](?:[^`\t]*[^`\s])?`(?!`)"
_PLAIN = r"[^\x00-\x1f*_`\[\]<&\\~|\x7f-\x9f]++|<(?=[ =])"
_WORDS = rf"(?=\S)(?:{_PLAIN}|{_CODE})++(?<=\S)"
_LINK = r"\[(?:`[\w.:!]+`|[A-Za-z](?:[\w.:]*[A-Za-z0-9])?)\]\([\w./-]+\)"
_NAMED = re.compile(rf"(?P<link>{_LINK})|(?P<code>{_CODE})")
_SUB_ITEM = re.compile(
    r"  [-*+] (?:(?:Verified|Enforced|Tested|Checked|Proved) by: "
    rf"(?P<verified>(?:{_LINK}|{_CODE})(?:, (?:{_LINK}|{_CODE}))*)|Target: (?P<target>{_CODE}))"
)


@dataclass(slots=True, eq=False)
class _Item:
    """A declaring line, and what the lines below it say."""

    found: re.Match[str]
    line: int
    last: Position
    verified_by: list[Verifier] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


@lru_cache(maxsize=64)
def _declaration(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"[-*+] \*\*(?P<id>{id_pattern(prefixes)})\*\*"
        rf"(?: \*\((?P<pattern>[a-z-]+)(?:, needs: (?P<needs>[a-z|-]+))?\)\*)?: (?P<words>{_WORDS})"
    )


def canonical(reading: Reading, part: Part) -> list[Invariant] | None:
    """The invariants of a section all of whose lines have the canonical form; else None."""
    items: list[_Item] = []
    declaration = _declaration(reading.prefixes)
    for number, line in _lines(reading.text, part):
        found = declaration.fullmatch(line)
        if found:
            items.append(_Item(found, number, Position(number, len(line))))
        elif line and not (items and _sub_item(items[-1], number, line)):
            return None
    return [_invariant(reading, item) for item in items]


def _lines(text: Text, part: Part) -> Iterator[tuple[int, str]]:
    """The lines below the heading, with their numbers."""
    if part.heading is None:
        return
    first = text.position(part.heading.end).line + 1
    starts = text.starts[first : bisect_left(text.starts, part.end)]
    for number, (start, end) in enumerate(pairwise([*starts, part.end]), first):
        yield number, text.content[start:end].rstrip("\r\n")


def _sub_item(item: _Item, number: int, line: str) -> bool:
    found = _SUB_ITEM.fullmatch(line)
    if not found:
        return False
    item.last = Position(number, len(line))
    if found["target"]:
        item.targets.append(Target(found["target"][1:-1], span(number, *found.span("target"))))
        return True
    for named in _NAMED.finditer(line, found.start("verified")):
        place = span(number, *named.span())
        if named["code"]:
            said = of_words(named["code"][1:-1])
        else:
            words, _, target = named["link"][1:-1].partition("](")
            said = of_link(words.strip("`"), target)
        if said:
            item.verified_by.append(Verifier(*said, place))
    return True


def _invariant(reading: Reading, item: _Item) -> Invariant:
    found, line = item.found, item.line
    pattern, needs = found["pattern"], found["needs"]
    return Invariant(
        reading.path,
        found["id"],
        Form.ITEM,
        " ".join(found["words"].replace("`", "").split()),
        Range(Position(line, 0), item.last),
        span(line, *found.span("words")),
        span(line, *found.span("id")),
        pattern,
        span(line, *found.span("pattern")) if pattern else None,
        methods(needs),
        span(line, *found.span("needs")) if needs else None,
        tuple(item.verified_by),
        tuple(item.targets),
        None,
        None,
        (),
        item.last,
        "  ",
    )
