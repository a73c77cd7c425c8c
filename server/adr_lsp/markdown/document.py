"""One text in a single flat pass: its headings, links and comments, and its events for later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adr_lsp.markdown.events import Event, code_points, events_of


@dataclass(
    slots=True, eq=False
)  # not frozen, like all that is made by the thousand: a third of the cost
class Heading:
    """A heading outside quotes and lists; `event` is where its events begin."""

    level: int
    title: str
    start: int
    end: int
    event: int


@dataclass(slots=True, eq=False)
class MarkdownLink:
    """A link; `inner` and `inner_end` bound the target as written."""

    text: str
    target: str
    start: int
    end: int
    inner: int
    inner_end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment, with what stands between its marks."""

    body: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """`content` is what was parsed; `cut` says that the parser gave up, and nothing was read."""

    content: str
    events: Sequence[Event]
    at: Callable[[int], int]
    headings: tuple[Heading, ...]
    links: tuple[MarkdownLink, ...]
    cut: bool = False


def read(content: str) -> Document:
    """Parses a text; whatever it holds, there is a document."""
    events = events_of(content)
    at = code_points(content)
    if events is None:
        return Document(content, (), at, (), (), cut=True)
    headings: list[Heading] = []
    links: list[MarkdownLink] = []
    nested_until = 0
    for index, (event, where) in enumerate(events):
        if "Start" not in event:
            continue
        tag = event["Start"]
        if type(tag) is str:
            continue
        if "Link" in tag:
            links.append(_link(content, events, index, at))
        elif "Heading" in tag:
            if where["start"] >= nested_until:
                headings.append(_heading(content, events, index, at))
        elif "List" in tag or "BlockQuote" in tag:
            nested_until = max(nested_until, where["end"])
    return Document(content, events, at, tuple(headings), tuple(links))


def comments(document: Document) -> list[Comment]:
    """Every HTML comment, block or inline; none of those in code."""
    found: list[Comment] = []
    past = 0
    for event, where in document.events:
        if isinstance(event, str) or not ("Html" in event or "InlineHtml" in event):
            continue
        start, end = document.at(where["start"]), document.at(where["end"])
        opening = document.content.find("<!--", max(start, past), end)
        while opening >= 0:
            closing = document.content.find("-->", opening + 4)
            if closing < 0:
                break
            past = closing + 3
            found.append(Comment(document.content[opening + 4 : closing], opening, past))
            opening = document.content.find("<!--", past, end)
    return found


def _heading(content: str, events: list[Event], index: int, at: Callable[[int], int]) -> Heading:
    event, where = events[index]
    words, _ = _words(events, index, "Heading")
    start = at(where["start"])
    end = start + len(content[start : at(where["end"])].rstrip())
    return Heading(int(event["Start"]["Heading"]["level"][1]), words.strip(), start, end, index)


def _link(content: str, events: list[Event], index: int, at: Callable[[int], int]) -> MarkdownLink:
    event, where = events[index]
    words, words_end = _words(events, index, "Link")
    start, end = at(where["start"]), at(where["end"])
    link = event["Start"]["Link"]
    inner, inner_end = start, end
    if link["link_type"] == "Inline":
        inner, inner_end = _target(content, at(words_end), end)
    elif link["link_type"] in ("Autolink", "Email"):
        inner, inner_end = start + 1, end - 1
    return MarkdownLink(words.strip(), link["dest_url"], start, end, inner, inner_end)


def _target(content: str, words_end: int, end: int) -> tuple[int, int]:
    """The target of an inline link, without angle brackets and title."""
    opening = content.find("](", words_end, end)
    raw = content[opening + 2 : end - 1] if opening >= 0 else ""
    start = end - 1 - len(raw.lstrip())
    if content[start : start + 1] == "<":
        closing = content.find(">", start, end)
        return start + 1, closing if closing > 0 else end - 1
    return start, start + len(next(iter(raw.split(None, 1)), ""))


def _words(events: list[Event], index: int, name: str) -> tuple[str, int]:
    """The plain words up to the end of the element, and the byte where the last one ends."""
    event, where = events[index + 1]
    if "Text" in event and "End" in events[index + 2][0]:
        return event["Text"], where["end"]
    words: list[str] = []
    last = where["start"]
    for following in range(index + 1, len(events)):
        event, where = events[following]
        if "End" in event and name in event["End"]:
            break
        last = where["end"]
        if isinstance(event, str):
            words.append(" ")
        else:
            words.append(event.get("Text") or event.get("Code") or "")
    return "".join(words), last
