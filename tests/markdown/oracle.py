"""What two parsers see in a text: headings, items, tables, code and links, with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from adr_lsp.markdown import Block, Phrase, blocks, read
from adr_lsp.text import Text

KINDS = ("heading", "item", "table", "code", "link")


@dataclass(frozen=True)
class Seen:
    """One element: where it begins and what it says."""

    kind: str
    line: int
    says: object


def ours(content: str) -> list[Seen]:
    """What the package under test sees."""
    document = read(content)
    assert not document.cut
    text = Text(content)
    found = blocks(document)
    seen = [s for block in _all(found) for s in _seen(block, text)]
    seen.extend(Seen("link", -1, (_plain(link.text), link.target)) for link in document.links)
    return seen


def oracle(content: str) -> list[Seen]:
    """What markdown-it-py sees."""
    parser = MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda _: True  # type: ignore[method-assign]
    tokens = parser.parse(content)
    return [seen for index in range(len(tokens)) for seen in _of_token(tokens, index)]


def _all(found: Iterable[Block]) -> Iterator[Block]:
    stack = list(found)[::-1]
    while stack:
        block = stack.pop()
        yield block
        stack.extend(block.children[::-1])


def _seen(block: Block, text: Text) -> Iterator[Seen]:
    line = text.position(block.start).line
    if block.kind == "heading":
        yield Seen("heading", line, _words(block.phrase))
    elif block.kind == "item":
        yield Seen("item", line, None)
    elif block.kind == "code":
        yield Seen("code", -1, None)
    elif block.kind == "table":
        rows = [tuple(_words(cell.phrase) for cell in row.children) for row in block.children]
        yield Seen("table", line, tuple(rows))


def _of_token(tokens: list[Token], index: int) -> Iterator[Seen]:
    token = tokens[index]
    line = token.map[0] if token.map else -1
    if token.type == "heading_open":
        yield Seen("heading", line, _inline_words(tokens[index + 1]))
    elif token.type == "list_item_open":
        yield Seen("item", line, None)
    elif token.type in ("fence", "code_block"):
        yield Seen("code", -1, None)
    elif token.type == "table_open":
        yield Seen("table", line, tuple(_rows(tokens, index)))
    elif token.type == "inline":
        yield from _links(token)


def _rows(tokens: list[Token], index: int) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    while tokens[index].type != "table_close":
        if tokens[index].type in ("th_open", "td_open"):
            row.append(_inline_words(tokens[index + 1]))
        elif tokens[index].type == "tr_close":
            yield tuple(row)
            row = []
        index += 1


def _links(token: Token) -> Iterator[Seen]:
    opened: list[tuple[str, list[str]]] = []
    for child in token.children or ():
        if child.type == "link_open":
            opened.append((str(child.attrGet("href")), []))
        elif child.type == "link_close":
            href, words = opened.pop()
            yield Seen("link", -1, (_plain("".join(words)), href))
        elif opened:
            opened[-1][1].append(_said(child))


def _said(child: Token) -> str:
    if child.type == "image":
        return "".join(_said(inner) for inner in child.children or ())
    if child.type in ("softbreak", "hardbreak") or child.content[:3].lower() == "<br":
        return " "
    return child.content if child.type in ("text", "code_inline", "text_special") else ""


def _inline_words(token: Token) -> str:
    return _plain("".join(_said(child) for child in token.children or ()))


def _words(phrase: Phrase) -> str:
    return _plain(phrase.plain)


def _plain(words: str) -> str:
    return " ".join(words.replace("\0", "\ufffd").split())
