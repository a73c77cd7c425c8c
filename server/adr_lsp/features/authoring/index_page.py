"""The table of a log's records that stands between two comments of any page, kept current.

`<!-- adr-lsp: index -->` … `<!-- adr-lsp: end -->`; `index docs/adr` names a log, without a name
it is every log at or below the page's folder, else every log.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.features.authoring.link import link
from adr_lsp.features.authoring.plain_words import as_markdown
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.markdown import Block, blocks, read
from adr_lsp.record import Record
from adr_lsp.record.front_matter import blanked, front_matter
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Text, decode
from adr_lsp.value import dataclass

MARK = b"adr-lsp:"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SAYS = re.compile(r"<!--\s*adr-lsp:\s*(?P<what>index|end)\b\s*(?P<log>\S.*?)?\s*-->")
_LEAD = re.compile(r"[ \t>]*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table belongs: behind a comment that begins it, before the one that ends it.

    `end` is None where that is missing; `lead` stands before every line, as in a quote.
    """

    begin: int
    end: int | None
    log: str | None
    lead: str


def pages(snapshot: Snapshot) -> list[str]:
    """Every Markdown file with a place for an index."""
    return [
        path
        for path in sorted(snapshot.tree.paths())
        if path.lower().endswith((".md", ".mdx")) and _places(_content(snapshot, path))
    ]


def index_change(snapshot: Snapshot, paths: list[str]) -> Change | Refusal:
    """The edits that make every index of these pages current; none where all are."""
    edits: list[Edit] = []
    for path in paths:
        text = Text(_content(snapshot, path))
        for place in _places(text.content):
            line = text.position(place.begin).line + 1
            if place.end is None:
                return Refusal(f"{path}:{line}: `<!-- adr-lsp: end -->` is missing")
            records = _records(snapshot, posixpath.dirname(path), place.log)
            if not records:
                return Refusal(f"{path}:{line}: no log is called `{place.log}`")
            lines = ["", *_table(snapshot, path, records), ""]
            end = text.line_end
            wanted = end + "".join(f"{(place.lead + each).rstrip()}{end}" for each in lines)
            wanted += place.lead
            if text.content[place.begin : place.end] != wanted:
                edits.append(Edit(path, text.range(place.begin, place.end), wanted))
    return Change(tuple(edits))


def _content(snapshot: Snapshot, path: str) -> str:
    raw = snapshot.tree.read(path) or b""
    return decode(raw)[0] if MARK in raw else ""


def _places(content: str) -> list[Place]:
    """The comments of the page itself; what code shows, and what a comment holds, is no place."""
    found: list[Place] = []
    begun: re.Match[str] | None = None
    for said in _comments(content):
        if said["what"] == "index":
            if begun:
                found.append(_place(content, begun, None))
            begun = said
        elif begun:
            found.append(_place(content, begun, said.start()))
            begun = None
    return [*found, _place(content, begun, None)] if begun else found


def _place(content: str, begun: re.Match[str], end: int | None) -> Place:
    line = max(content.rfind("\n", 0, begun.start()), content.rfind("\r", 0, begun.start())) + 1
    before = content[line : begun.start()]
    return Place(begun.end(), end, begun["log"], before if _LEAD.match(before) else "")


def _comments(content: str) -> Iterator[re.Match[str]]:
    if not content:
        return
    document = read(blanked(content, front_matter(content).end), Text(content))
    for block in _every(blocks(document)):
        if block.kind == "html":
            for comment in _COMMENT.finditer(content, block.start, block.end):
                said = _SAYS.fullmatch(content, comment.start(), comment.end())
                if said:
                    yield said


def _every(found: list[Block]) -> Iterator[Block]:
    for block in found:
        yield block
        yield from _every(block.children)


def _table(snapshot: Snapshot, path: str, records: list[Record]) -> list[str]:
    rows = ["| Record | Status | Date |", "| --- | --- | --- |"]
    for record in records:
        key = snapshot.log.key(record)
        name = f"{key}: {record.title}" if record.title and record.title != key else key
        day = (record.date or "").replace("|", "")
        row = [link(as_markdown(name, within_table=True), path, record.path), record.status, day]
        rows.append(f"| {' | '.join(row)} |")
    return rows


def _records(snapshot: Snapshot, folder: str, log: str | None) -> list[Record]:
    """Those of the named log, else of the logs below the page, else all; by number, then name."""
    everything = list(snapshot.log)
    if log is None:
        below = [r for r in everything if not folder or r.path.startswith(f"{folder}/")]
        chosen = below or everything
    else:
        wanted = log.strip("/")
        chosen = [r for r in everything if r.log == wanted or r.log.endswith(f"/{wanted}")]
    return sorted(chosen, key=lambda r: (r.log, r.number or 0, r.path))
