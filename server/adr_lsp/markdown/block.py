"""Blocks of a part of a document: paragraphs, items, tables, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from adr_lsp.markdown.document import Document, read
from adr_lsp.markdown.phrase import Phrase, phrase_of

_CONTAINERS = {
    "List": "list",
    "Item": "item",
    "BlockQuote": "quote",
    "Table": "table",
    "TableHead": "head",
    "TableRow": "row",
}
_LEAVES = {
    "Paragraph": "paragraph",
    "Heading": "heading",
    "CodeBlock": "code",
    "HtmlBlock": "html",
    "TableCell": "cell",
}
_BLOCKS = _CONTAINERS | _LEAVES
_WORDLESS = ("code", "html")
_EMPTY = Phrase("", (), ())


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is one of list, item, quote, table, head, row, paragraph, heading, code, html, cell,
    rule; `end` is without trailing white space. The words of a tight item are a paragraph.
    """

    kind: str
    start: int
    end: int
    phrase: Phrase = _EMPTY
    children: tuple[Block, ...] = ()
    level: int = 0


@dataclass(slots=True)
class _Open:
    kind: str
    start: int
    end: int
    children: list[Block] = field(default_factory=list)


def blocks(document: Document, first: int, last: int) -> tuple[Block, ...]:
    """The blocks between two events, which begin and end at the document's top level."""
    top: list[Block] = []
    stack: list[_Open] = []
    index = first
    while index < last:
        event, where = document.events[index]
        children = stack[-1].children if stack else top
        index += 1
        if "Start" in event and (kind := _CONTAINERS.get(_name(event["Start"]))):
            stack.append(_Open(kind, *_place(document, where)))
        elif "End" in event and _name(event["End"]) in _CONTAINERS:
            closed = stack.pop()
            done = Block(closed.kind, closed.start, closed.end, children=tuple(closed.children))
            (stack[-1].children if stack else top).append(done)
        elif event == "Rule":
            children.append(Block("rule", *_place(document, where)))
        elif "Start" in event and (kind := _LEAVES.get(_name(event["Start"]))):
            end = _leaf_end(document, index, last)
            children.append(_leaf(document, index, end, kind))
            index = end + 1
        else:
            end = _words_end(document, index, last)
            children.append(_words(document, index - 1, end))
            index = end
    return tuple(top)


def walk(found: tuple[Block, ...]) -> Iterator[Block]:
    """Blocks and all that they hold, in order, however deep; quotes are not entered."""
    stack = list(reversed(found))
    while stack:
        block = stack.pop()
        yield block
        if block.kind != "quote":
            stack.extend(reversed(block.children))


def _name(tag: Any) -> str:
    return tag if isinstance(tag, str) else next(iter(tag))


def _place(document: Document, where: Any) -> tuple[int, int]:
    start, end = document.at(where["start"]), document.at(where["end"])
    words = document.content[start:end]
    return start, end - len(words) + len(words.rstrip())


def _leaf_end(document: Document, index: int, last: int) -> int:
    """The event that ends the leaf; leaves hold no leaves."""
    while index < last:
        event = document.events[index][0]
        if "End" in event and _name(event["End"]) in _LEAVES:
            return index
        index += 1
    return last


def _leaf(document: Document, index: int, end: int, kind: str) -> Block:
    event, where = document.events[index - 1]
    start, stop = _place(document, where)
    level = int(event["Start"]["Heading"]["level"][1]) if kind == "heading" else 0
    if kind in _WORDLESS:
        return Block(kind, start, stop)
    phrase = phrase_of(document.events[index:end], document.at, document.content)
    return Block(kind, start, stop, phrase, level=level)


def _words_end(document: Document, index: int, last: int) -> int:
    """Where the inline events of a tight item end."""
    while index < last:
        event = document.events[index][0]
        if event == "Rule":
            return index
        if "Start" in event and _name(event["Start"]) in _BLOCKS:
            return index
        if "End" in event and _name(event["End"]) in _CONTAINERS:
            return index
        index += 1
    return last


def _words(document: Document, first: int, end: int) -> Block:
    events = document.events[first:end]
    start, stop = document.at(events[0][1]["start"]), document.at(events[-1][1]["end"])
    return Block("paragraph", start, stop, phrase_of(events, document.at, document.content))


def inline(content: str) -> Phrase:
    """A short text on its own, with its links; as it stands if it is no single paragraph."""
    document = read(content)
    found = blocks(document, 0, len(document.events))
    if len(found) == 1 and found[0].kind == "paragraph":
        return found[0].phrase
    return Phrase(content, ((0, 0, len(content)),), ())
