"""Blocks of a part of a document: paragraphs, items, tables, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from adr_lsp.markdown.document import Document, Part, all_events, events_between, read
from adr_lsp.markdown.events import Event
from adr_lsp.markdown.phrase import Phrase, phrase_of
from adr_lsp.value import dataclass

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
_KINDS = _CONTAINERS | _LEAVES | {"Rule": "rule"}
_MARKUP = re.compile(r"[^\w .,:;()/-]|\n")
_BLANK = " \t\r\n"
_BEGUN = re.compile(r"\r?\n[ \t]+-[ \t]*(?:\r?\n)?\Z")
_LINE = r"[^\W\d_](?:[\w .,:;()'\"/+%=?@-]*[\w.,:;()'\"/+%=?@-])?"
_PLAIN = re.compile(rf"\n*+(?:{_LINE}(?:\n++|\Z))*+")
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*+")
_WORDLESS = ("CodeBlock", "HtmlBlock")
_EMPTY = Phrase("", [], [])


@dataclass(slots=True, eq=False)
class Block:
    """`kind` is one of list, item, quote, table, head, row, paragraph, heading, code, html, cell,
    rule. The words of a tight item are a paragraph. White space may stand before `end`.
    """

    kind: str
    start: int
    end: int
    phrase: Phrase
    children: list[Block]


def blocks(document: Document, part: Part | None = None) -> list[Block]:
    """The blocks of a part with its heading, or of all of the document."""
    if part is None:
        events, at = all_events(document)
        return _blocks(document.content, events, 0, len(events), at)
    return _stretch(document, part, part.first, part.start)


def below(document: Document, part: Part) -> list[Block]:
    """The blocks of a part without its heading."""
    if part.heading is None:
        return _stretch(document, part, part.first, part.start)
    return _stretch(document, part, part.heading.after, part.heading.end)


def _stretch(document: Document, part: Part, first: int, start: int) -> list[Block]:
    if document.events is not None:
        return _blocks(document.content, document.events, first, part.last, document.at)
    if _PLAIN.fullmatch(document.content, start, part.end):
        return _plain_paragraphs(document.content, start, part.end)
    events, at = events_between(document, start, part.end)
    return _blocks(document.content, events, 0, len(events), at)


def _plain_paragraphs(content: str, start: int, end: int) -> list[Block]:
    """Lines of plain words, which need no parser."""
    found = []
    for place in _PARAGRAPH.finditer(content, start, end):
        first, last = place.span()
        phrase = Phrase(place.group(), [(0, first, last)], [])
        found.append(Block("paragraph", first, last, phrase, []))
    return found


def _blocks(
    content: str, events: Sequence[Event], first: int, last: int, at: Callable[[int], int]
) -> list[Block]:
    """The blocks between two events, which begin and end at the document's top level."""
    top: list[Block] = []
    stack: list[list[Block]] = []
    children = top
    index = first
    while index < last:
        event, where = events[index]
        index += 1
        if "End" in event:
            children = stack.pop()
            continue
        name = _name(event["Start"]) if "Start" in event else event
        kind = _KINDS.get(name) if type(name) is str else None
        if kind is None:
            children.append(words := Block("paragraph", at(where["start"]), 0, _EMPTY, []))
            words.phrase, after = phrase_of(events, index - 1, last, at, content)
            index = max(index, after)
            words.end = at(events[index - 1][1]["end"])
            continue
        block = Block(kind, at(where["start"]), at(where["end"]), _EMPTY, [])
        if kind != "code":
            _skip_blank(block, content)
        children.append(block)
        if name in _CONTAINERS:
            stack.append(children)
            children = block.children
        elif name in _LEAVES:
            if name in _WORDLESS:
                index = _past(events, index, last)
            else:
                block.phrase, index = phrase_of(events, index, last, at, content)
                index += 1
                if kind == "heading" and stack:
                    _unless_begun(block, content)
    return top


def _unless_begun(block: Block, content: str) -> None:
    """`- ` typed below the words of an item: Markdown reads them as underlined, but an author has
    begun an item."""
    begun = _BEGUN.search(content, block.start, block.end)
    if begun:
        block.kind, block.end = "paragraph", begun.start()


def _skip_blank(block: Block, content: str) -> None:
    """The parser lets an item that a tab indents begin at the end of the line before it."""
    while block.start < block.end and content[block.start] in _BLANK:
        block.start += 1


def _past(events: Sequence[Event], index: int, last: int) -> int:
    """Behind the end of a block whose words are not read."""
    while index < last and "End" not in events[index][0]:
        index += 1
    return index + 1


def walk(found: Iterable[Block]) -> Iterator[Block]:
    """Blocks and all that they hold, in order, however deep; quotes are not entered."""
    stack = list(found)[::-1]
    while stack:
        block = stack.pop()
        yield block
        if block.children and block.kind != "quote":
            stack.extend(block.children[::-1])


def inline(content: str) -> Phrase:
    """A short text on its own, with its links; as it stands if it is no single paragraph."""
    if not _MARKUP.search(content):
        return Phrase(content, [(0, 0, len(content))], [])
    document = read(content)
    found = blocks(document)
    if len(found) == 1 and found[0].kind == "paragraph":
        return found[0].phrase
    return Phrase(content, [(0, 0, len(content))], [])


def _name(tag: Any) -> str:
    return tag if type(tag) is str else next(iter(tag))
