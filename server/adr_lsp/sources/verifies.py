"""The grammar of references in comments, the same in every language.

`Verifies: ADR-0012/INV-1, INV-2` names invariants; a plain `ADR 0058` in a comment is a weak link
to the record. Offsets are within the text that is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from adr_lsp.value import dataclass

SCAFFOLD = re.compile(r"adr-lsp:\s*scaffold\b", re.IGNORECASE)
_KEYWORD = re.compile(r"[\s#/*!:;-]*verifies\s*:", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w-])(?:[A-Za-z]+-)*ADR[- ]\d+(?!\w)")
_LISTED = re.compile(_MENTION.pattern, re.IGNORECASE)
_GAP = re.compile(r"(?:[\s,;&`*()\[\]\"']|and\b)*")
_TAG = re.compile(r"\[\s*|(?<![\w.])@")
_MOST_WORDS = 6
_PROSE = re.compile(r"[^,;]*")


@dataclass(frozen=True, slots=True)
class Item:
    """One name in a list: the record as written (of the item before it where it names none),
    the id, None for a record alone."""

    key: str
    id: str | None
    start: int
    end: int


def after_keyword(line: str) -> int | None:
    """Where the list begins in a line that begins with `Verifies:`; None for any other."""
    found = _KEYWORD.match(line)
    return found.end() if found else None


def continues(line: str) -> bool:
    """Whether the list goes on in the next line."""
    return line.rstrip().endswith(",")


def items(text: str, start: int, key: str, prefixes: tuple[str, ...]) -> list[Item]:
    """The id-like items of the list that begins at `start`; `key` is the record before it.

    Prose after an item is passed over up to the next comma.
    """
    found: list[Item] = []
    while (start := _GAP.match(text, start).end()) < len(text):  # type: ignore[union-attr]
        item = _item(text, start, key, prefixes)
        if item:
            found.append(item)
            key, start = item.key, item.end
        else:
            start = _PROSE.match(text, start).end()  # type: ignore[union-attr]
    return found


def mentions(text: str) -> Iterator[Item]:
    """Every record that a comment mentions in passing."""
    for match in _MENTION.finditer(text):
        yield Item(match.group(), None, match.start(), match.end())


def tagged(text: str, prefixes: tuple[str, ...]) -> Iterator[Item]:
    """The invariants that a title names: `[ADR-0012/INV-1, INV-2]`, `@ADR-0012/INV-1`."""
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        item = _item(text, at, "", prefixes)
        if item is None or item.id is None or not item.key:
            continue
        if found.group() == "@":
            yield item
            at = item.end
        elif (end := text.find("]", item.end)) >= 0:
            inside = items(text[:end], at, "", prefixes)
            yield from (each for each in inside if each.id is not None)
            at = end


def identified(name: str, prefixes: tuple[str, ...]) -> Iterator[Item]:
    """The invariants that an identifier names: `adr_0012_inv_1_sums_to_zero`.

    Of words behind a prefix it may name as many as there are: `INV-NO` and `INV-NO-LOSS`.
    """
    for found in _identifier(prefixes).finditer(name):
        prefix = next(each for each in prefixes if each.upper() == found["prefix"].upper())
        key, start = f"ADR-{found['number']}", found.start()
        if found["digits"]:
            yield Item(key, f"{prefix}-{found['digits'].lower()}", start, found.end())
            continue
        for end in _ends(name, found.start("words")):
            words = name[found.start("words") : end].upper().replace("_", "-")
            yield Item(key, f"{prefix}-{words}", start, end)


def _ends(name: str, start: int) -> list[int]:
    """Where the first words of an identifier end."""
    ends = [each.end() for each in re.compile(r"[A-Za-z0-9]+(?=_|\Z)").finditer(name, start)]
    return ends[:_MOST_WORDS]


def _item(text: str, start: int, key: str, prefixes: tuple[str, ...]) -> Item | None:
    found = _invariant(prefixes).match(text, start)
    if found:
        return Item(found["key"] or key, found["id"], start, found.end())
    record = _LISTED.match(text, start)
    return Item(record.group(), None, start, record.end()) if record else None


@lru_cache(maxsize=8)
def _invariant(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """`INV-7a`, `ADR-0012/INV-1`, `ledger/ADR-0012#INV-NO-LOSS`."""
    literal = "|".join(re.escape(prefix) for prefix in prefixes)
    key = r"(?:[\w.@-]+/)*(?:ADR[ _]\d+|[\w.@-]+)"
    id = rf"(?:{literal})-(?:\d+[a-z]?|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)"
    return re.compile(rf"(?:(?P<key>{key})[/#])?(?P<id>{id})(?![\w-])")


@lru_cache(maxsize=8)
def _identifier(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    literal = "|".join(re.escape(prefix) for prefix in prefixes if prefix.isalnum())
    return re.compile(
        r"(?:(?<![A-Za-z0-9])|(?<=Test)|(?<=Fuzz))adr_(?P<number>\d+)"
        rf"_(?P<prefix>{literal or '(?!)'})"
        r"_(?:(?P<digits>\d+[a-z]?)(?=_|\Z)|(?P<words>[a-z]))",
        re.IGNORECASE,
    )
