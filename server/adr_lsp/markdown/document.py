"""One text: its headings and links, and its parts, which are parsed when they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from adr_lsp.markdown.events import Event, code_points, events_of, events_within, words_of
from adr_lsp.markdown.links import Link, has_autolink, link_at, links_among, may_link, plain_links
from adr_lsp.markdown.sketch import Heading, Sketch, sketch
from adr_lsp.text import Text
from adr_lsp.value import dataclass


@dataclass(slots=True, eq=False)
class Part:
    """What stands between one heading (None before the first) and the next one.

    `first` and `last` are its events where all of the text was parsed.
    """

    heading: Heading | None
    start: int
    end: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment, with what stands between its marks."""

    body: str
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Document:
    """`content` is what was parsed; `cut` says that the parser gave up, and nothing was read.

    `events` are None as long as nobody needed all of them.
    """

    content: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    events: list[Event] | None = None
    at: Callable[[int], int] = int
    cut: bool = False


def read(content: str, text: Text | None = None) -> Document:
    """Reads a text; whatever it holds, there is a document.

    `text` has the same characters, but for those that are not to be read.
    """
    text = text or Text(content)
    seen = sketch(content)
    return parsed(content, text) if seen is None else _sketched(content, text, seen)


def parts(document: Document) -> list[Part]:
    """The whole document, cut at its headings."""
    found: list[Part] = []
    heading, first, start = None, 0, 0
    for following in document.headings:
        found.append(Part(heading, start, following.start, first, following.event))
        heading, first, start = following, following.event, following.start
    last = len(document.events) if document.events is not None else 0
    found.append(Part(heading, start, len(document.content), first, last))
    return found


def events_between(
    document: Document, start: int, end: int
) -> tuple[list[Event], Callable[[int], int]]:
    """The events of a stretch of a document that was not parsed."""
    events, at = events_within(document.content, start, end)
    document.cut = document.cut or events is None
    return events or [], at


def all_events(document: Document) -> tuple[list[Event], Callable[[int], int]]:
    """Every event of a document."""
    if document.events is None:
        return events_between(document, 0, len(document.content))
    return document.events, document.at


def comments(document: Document) -> list[Comment]:
    """Every HTML comment, block or inline; none of those in code."""
    found: list[Comment] = []
    past = 0
    events, at = all_events(document)
    for event, where in events:
        if isinstance(event, str) or not ("Html" in event or "InlineHtml" in event):
            continue
        start, end = at(where["start"]), at(where["end"])
        opening = document.content.find("<!--", max(start, past), end)
        while opening >= 0:
            closing = document.content.find("-->", opening + 4)
            if closing < 0:
                break
            past = closing + 3
            found.append(Comment(document.content[opening + 4 : closing], opening, past))
            opening = document.content.find("<!--", past, end)
    return found


def _sketched(content: str, text: Text, seen: Sketch) -> Document:
    """By its lines; only what those do not tell is parsed."""
    document = Document(content, (), ())
    document.headings = tuple(h if h.level else _parsed_heading(document, h) for h in seen.headings)
    document.links = tuple(_links(document, text, seen)) if may_link(content) else ()
    return parsed(content, text) if document.cut else document


def _links(document: Document, text: Text, seen: Sketch) -> list[Link]:
    """All links in turn; parts in which one is not plain are parsed."""
    content = document.content
    starts = [0, *(heading.start for heading in seen.headings), len(content)]
    links: list[Link] = []
    for start, end in pairwise(starts) if has_autolink(content) else ((0, len(content)),):
        while start < end:
            hard = start if has_autolink(content, start, end) else None
            if hard is None:
                hard = plain_links(content, text, start, end, seen.verbatim, links)
            if hard is None:
                break
            part = bisect_right(starts, hard)
            while links and links[-1].start >= starts[part - 1]:
                links.pop()
            events, at = events_between(document, starts[part - 1], starts[part])
            links += links_among(text, events, at)
            start = starts[part]
    return links


def _parsed_heading(document: Document, heading: Heading) -> Heading:
    line_end = document.content.find("\n", heading.start)
    end = line_end if line_end >= 0 else len(document.content)
    events, at = events_between(document, heading.start, end)
    return _heading(document.content, events, 0, at) if events else heading


def parsed(content: str, text: Text) -> Document:
    """Read by all events, in a single flat pass."""
    events = events_of(content)
    at = code_points(content)
    if events is None:
        return Document(content, (), (), [], at, cut=True)
    headings: list[Heading] = []
    links: list[Link] = []
    nested_until = 0
    for index, (event, where) in enumerate(events):
        if "Start" not in event:
            continue
        tag = event["Start"]
        if type(tag) is str:
            continue
        if "Link" in tag:
            links.append(link_at(text, events, index, at))
        elif "Heading" in tag:
            if where["start"] >= nested_until:
                headings.append(_heading(content, events, index, at))
        elif "List" in tag or "BlockQuote" in tag:
            nested_until = max(nested_until, where["end"])
    return Document(content, tuple(headings), tuple(links), events, at)


def _heading(content: str, events: list[Event], index: int, at: Callable[[int], int]) -> Heading:
    event, where = events[index]
    words, _, end_event = words_of(events, index, "Heading")
    start = at(where["start"])
    end = start + len(content[start : at(where["end"])].rstrip())
    level = int(event["Start"]["Heading"]["level"][1])
    return Heading(level, words.strip(), start, end, index, end_event + 1)
