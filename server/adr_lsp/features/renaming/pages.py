"""The texts of a root in which names are looked for, without what is code, quoted or hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from adr_lsp.markdown import Block, blocks, read
from adr_lsp.markdown import comments as html_comments
from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.comments import comments, titles
from adr_lsp.text import Text, decode

LARGEST = 2 * 1024 * 1024
MARKDOWN = (".md", ".mdx")
_WORDS = (
    *("txt", "rst", "adoc", "asciidoc", "org", "feature", "yaml", "yml", "json", "jsonc", "json5"),
    *("toml", "cfg", "ini", "html", "htm", "puml", "mmd", "dsl", "csv", "tsv", "codeowners"),
)
_MAY_HIDE = re.compile(
    r"```|~~~|<!--|^(?: {4}|[ >]*\t)|^[ ]*(?:[-*+>]|\d+[.)])[ ]{5}", re.MULTILINE
)
_BINARY = 8192

Looks = Callable[[str], bool]
Wanted = Callable[[str, bytes], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """One file, and the parts of it that a reader takes for words: offsets, in order.

    `code`: the other parts may hold texts that name files.
    """

    path: str
    text: Text
    parts: tuple[tuple[int, int], ...]
    code: bool = False

    @property
    def markdown(self) -> bool:
        return self.path.endswith(MARKDOWN)

    @property
    def hidden(self) -> Page:
        """The same file with the other parts: code, texts of programs and comments of HTML."""
        ends = (0, *(end for _, end in self.parts))
        starts = (*(start for start, _ in self.parts), len(self.text.content))
        rest = tuple((a, b) for a, b in zip(ends, starts, strict=True) if a < b)
        return replace(self, parts=rest)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that names something and cannot be changed, and why."""

    path: str
    reason: str


def pages(snapshot: Snapshot, looks: Looks, wanted: Wanted) -> Iterator[Page | Unread]:
    """Every file to look at whose bytes are wanted. The baseline is none: it is written by
    itself."""
    for path in sorted(filter(looks, snapshot.tree.paths())):
        raw = snapshot.tree.read(path)
        if raw and path != snapshot.config.baseline and wanted(path, raw):
            found = _page(snapshot, path, raw)
            if found:
                yield found


def page_of(snapshot: Snapshot, path: str) -> Page | None:
    """One file."""
    raw = snapshot.tree.read(path)
    found = _page(snapshot, path, raw) if raw else None
    return found if isinstance(found, Page) else None


def _page(snapshot: Snapshot, path: str, raw: bytes) -> Page | Unread | None:
    if b"\0" in raw[:_BINARY]:
        return None
    if len(raw) > LARGEST:
        return Unread(path, "the file is larger than 2 MiB")
    content, fault = decode(raw)
    if fault is not None:
        return Unread(path, "the file is not UTF-8")
    if path.endswith(MARKDOWN):
        return Page(path, Text(content), tuple(shown(content)))
    suffix = path.rpartition("/")[2].rpartition(".")[2].lower()
    if suffix in _WORDS:
        return Page(path, Text(content), ((0, len(content)),))
    return Page(path, Text(content), tuple(_said(snapshot, path, content)), code=True)


def shown(content: str) -> Iterator[tuple[int, int]]:
    """The parts of Markdown without code blocks and comments."""
    start = 0
    for first, last in sorted(_hidden(content)) if _MAY_HIDE.search(content) else ():
        if start < first:
            yield start, first
        start = max(start, last)
    if start < len(content):
        yield start, len(content)


def _hidden(content: str) -> Iterator[tuple[int, int]]:
    front = front_matter(content)
    document = read(blanked(content, front.end, front.start))
    for comment in html_comments(document):
        yield comment.start, comment.end
    stack = blocks(document)
    while stack:
        block: Block = stack.pop()
        if block.kind == "code":
            yield block.start, block.end
        stack += block.children


def _said(snapshot: Snapshot, path: str, content: str) -> Iterator[tuple[int, int]]:
    """References, comments and titles; where they overlap, as one."""
    text = Text(content)
    references = snapshot.references.by_path.get(path, ())
    places = ((text.offset(r.range.start), text.offset(r.range.end)) for r in references)
    start = end = -1
    for first, last in sorted(chain(places, comments(path, content), titles(path, content))):
        if first > end:
            if start >= 0:
                yield start, end
            start = first
        end = max(end, last)
    if start >= 0:
        yield start, end
