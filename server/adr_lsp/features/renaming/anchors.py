"""Fragments that lead to a heading whose words change with a name in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adr_lsp.features.renaming.model import Found
from adr_lsp.features.renaming.names import linked
from adr_lsp.features.renaming.pages import Page
from adr_lsp.features.renaming.targets import targets
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit

_DROPPED = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What leads to a heading before and after."""

    old: str
    new: str


def title_anchors(record: Record, edits: Iterable[Edit]) -> dict[str, Anchor]:
    """The record's path with the anchor of its title, if an edit changes that."""
    content, place = record.text.content, record.title_range
    start, end = record.text.offset(place.start), record.text.offset(place.end)
    words = content[start:end]
    for edit in edits:
        first, last = record.text.offset(edit.range.start), record.text.offset(edit.range.end)
        if start <= first and last <= end:
            new = words[: first - start] + edit.new_text + words[last - start :]
            return {record.path: Anchor(slug(words), slug(new))}
    return {}


def slug(words: str) -> str:
    """A heading's anchor, as the hosts of repositories make it."""
    return _DROPPED.sub("", words.strip().lower()).replace(" ", "-")


def anchored(snapshot: Snapshot, page: Page, anchors: Mapping[str, Anchor]) -> Iterator[Found]:
    """The fragments in a page's links that lead to those headings."""
    for target in targets(page) if anchors else ():
        if target.rest.startswith("#"):
            record = linked(snapshot, page.path, target.written)
            path = record.path if record else page.path
            anchor = anchors.get(path) if record or not target.written else None
            if anchor and target.rest[1:] == anchor.old:
                yield Found(target.end + 1, target.end + 1 + len(anchor.old), anchor.new)
