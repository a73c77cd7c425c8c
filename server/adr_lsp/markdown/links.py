"""The links of a text: from the parser's events, or from plain lines that need no parser."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field

from adr_lsp.markdown.events import Event, words_of
from adr_lsp.text import Range, Text
from adr_lsp.value import dataclass

_PIECE = re.compile(
    r"\[(?P<words>[^\[\]`*_<>&\\!~|\n]++)\]\((?P<target>[\w./#:%?=+,@-]++)\)"
    r"|[^`\[\]<\\|\n\t!]++"
    r"|`[^`\n]++`(?!`)"
    r"|!(?!\[)|<(?=[ =\d])"
    r"|\n(?=[ ]{0,3}(?:[^\s>]|\n|\Z))"
)
_AUTOLINK = re.compile(r"<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+[@:]")
_BLANK = "\n\n"
_CODE = "    "  # could be code, which holds no links


@dataclass(slots=True)  # not frozen, as it is made by the thousand
class Link:
    """A Markdown link: `[text](target)`, with the offsets of it and of the target.

    There are many, and few are ever shown: their ranges are made when asked for.
    """

    text: str
    target: str
    start: int
    end: int
    target_start: int
    target_end: int
    within: Text = field(repr=False, compare=False)

    @property
    def range(self) -> Range:
        """All of the link."""
        return self.within.range(self.start, self.end)

    @property
    def target_range(self) -> Range:
        """The target alone; all of the link where it names its target elsewhere."""
        return self.within.range(self.target_start, self.target_end)


def may_link(content: str) -> bool:
    """Whether any link could stand in a text that defines none by name."""
    return "]" in content or has_autolink(content)


def has_autolink(content: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether an address in angle brackets could stand there."""
    return content.find("<", start, end) >= 0 and bool(_AUTOLINK.search(content, start, end))


def plain_links(
    content: str,
    text: Text,
    start: int,
    end: int,
    verbatim: Sequence[tuple[int, int]],
    links: list[Link],
) -> int | None:
    """Adds the inline links of a stretch, none of them in `verbatim`; gives the offset of the
    first one that only the parser can tell. The text defines no link by name."""
    found = content.find("]", start, end)
    while found >= 0:
        if not content.startswith("(", found + 1):
            found = content.find("]", found + 1, end)
            continue
        past = _within(found, verbatim) if verbatim else None
        if past is None:
            first = max(content.rfind(_BLANK, start, found), start)
            past = content.find(_BLANK, found, end)
            past = past if past >= 0 else end
            if verbatim and any(first < b and a < past for a, b in verbatim):
                return found
            if not _read(content, text, first, past, links):
                return found
        found = content.find("]", past, end)
    return None


def _within(place: int, stretches: Sequence[tuple[int, int]]) -> int | None:
    """Where the stretch around a place ends."""
    return next((last for first, last in stretches if first <= place < last), None)


def _read(content: str, text: Text, start: int, end: int, links: list[Link]) -> bool:
    """Adds the links of a paragraph or list; False where a piece of it is not plain."""
    if content.find(_CODE, start, end) >= 0 or content[start : start + 1] in ("\t", ">"):
        return False
    at = start
    match = _PIECE.match
    while at < end:
        found = match(content, at, end)
        if not found:
            return False
        at = found.end()
        if found.lastindex:
            words, target = found.groups()
            first = at - 1 - len(target)
            links.append(Link(words.strip(), target, found.start(), at, first, at - 1, text))
    return True


def links_among(text: Text, events: list[Event], at: Callable[[int], int]) -> Iterator[Link]:
    """The links that the parser found."""
    for index, (event, _) in enumerate(events):
        if "Start" in event and "Link" in event["Start"]:
            yield link_at(text, events, index, at)


def link_at(text: Text, events: list[Event], index: int, at: Callable[[int], int]) -> Link:
    """The link that begins with an event."""
    event, where = events[index]
    words, words_end, _ = words_of(events, index, "Link")
    start, end = at(where["start"]), at(where["end"])
    link = event["Start"]["Link"]
    kind, target = link["link_type"], link["dest_url"]
    inner, inner_end = start, end
    if kind == "Inline":
        inner, inner_end = _target(text.content, target, at(words_end), end)
    elif kind in ("Autolink", "Email"):
        inner, inner_end = start + 1, end - 1
    return Link(words.strip(), target, start, end, inner, inner_end, text)


def _target(content: str, target: str, words_end: int, end: int) -> tuple[int, int]:
    """The target of an inline link as written, without angle brackets and title."""
    start = end - 1 - len(target)
    if content.startswith("](", start - 2) and content.startswith(target, start):
        return start, end - 1
    opening = content.find("](", words_end, end)
    raw = content[opening + 2 : end - 1] if opening >= 0 else ""
    start = end - 1 - len(raw.lstrip())
    if content[start : start + 1] == "<":
        closing = content.find(">", start, end)
        return start + 1, closing if closing > 0 else end - 1
    return start, start + len(next(iter(raw.split(None, 1)), ""))
