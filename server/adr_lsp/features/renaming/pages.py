"""The texts of a root in which names are looked for, without what is code, quoted or hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adr_lsp.features.renaming.comments import comments, titles
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Text, decode

LARGEST = 2 * 1024 * 1024
MARKDOWN = (".md", ".mdx")
_FENCE = re.compile(
    r"^[ \t]*(?P<mark>`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^[ \t]*(?P=mark)[`~]*[ \t]*$|\Z)", re.MULTILINE
)
_HIDDEN = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")


@dataclass(frozen=True, slots=True)
class Page:
    """One file, and the parts of it that a reader takes for words: offsets, in order."""

    path: str
    text: Text
    parts: tuple[tuple[int, int], ...]


def pages(snapshot: Snapshot, signs: tuple[bytes, ...]) -> Iterator[Page]:
    """Every file that holds one of the signs, whatever its case."""
    for path in sorted(snapshot.tree.paths()):
        raw = snapshot.tree.read(path)
        if not raw or len(raw) > LARGEST:
            continue
        folded = raw.lower()
        if any(sign.lower() in folded for sign in signs):
            content, fault = decode(raw)
            if fault is None:
                yield Page(path, Text(content), tuple(_parts(snapshot, path, content)))


def _parts(snapshot: Snapshot, path: str, content: str) -> Iterator[tuple[int, int]]:
    if not path.endswith(MARKDOWN):
        text = Text(content)
        for reference in snapshot.references.by_path.get(path, ()):
            yield text.offset(reference.range.start), text.offset(reference.range.end)
        yield from comments(path, content)
        yield from titles(path, content)
        return
    hidden = sorted(found.span() for form in (_FENCE, _HIDDEN) for found in form.finditer(content))
    start = 0
    for first, last in hidden:
        if start < first:
            yield start, first
        start = max(start, last)
    yield start, len(content)
