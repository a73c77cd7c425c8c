"""One text in a single flat pass: its headings, links and comments, and its events for later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adr_lsp.markdown.events import Event, code_points, events_of
from adr_lsp.text import Range, Text


@dataclass(
    slots=True, eq=False
)  # not frozen, like all that is made by the thousand: a third of the cost
class Heading:
    """A heading outside quotes and lists; its events reach from `event` to before `after`."""

    level: int
    title: str
    start: int
    end: int
    event: int
    after: int


@dataclass(frozen=True, slots=True)
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
    links: tuple[Link, ...]
    cut: bool = False


def read(content: str, text: Text | None = None) -> Document:
    """Parses a text; whatever it holds, there is a document.

    `text` has the same characters, but for those that are not to be parsed.
    """
    text = text or Text(content)
    events = events_of(content)
    at = code_points(content)
    if events is None:
        return Document(content, (), at, (), (), cut=True)
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
            links.append(_link(text, events, index, at))
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
    words, _, end_event = _words(events, index, "Heading")
    start = at(where["start"])
    end = start + len(content[start : at(where["end"])].rstrip())
    level = int(event["Start"]["Heading"]["level"][1])
    return Heading(level, words.strip(), start, end, index, end_event + 1)


def _link(text: Text, events: list[Event], index: int, at: Callable[[int], int]) -> Link:
    event, where = events[index]
    words, words_end, _ = _words(events, index, "Link")
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


def _words(events: list[Event], index: int, name: str) -> tuple[str, int, int]:
    """The plain words of an element, the byte where they end, and the event that ends it."""
    event, where = events[index + 1]
    if "Text" in event and "End" in events[index + 2][0]:
        return event["Text"], where["end"], index + 2
    words: list[str] = []
    last = where["start"]
    for following in range(index + 1, len(events)):
        event, where = events[following]
        if "End" in event and name in event["End"]:
            return "".join(words), last, following
        last = where["end"]
        if isinstance(event, str):
            words.append(" ")
        else:
            words.append(event.get("Text") or event.get("Code") or "")
    return "".join(words), last, len(events)
