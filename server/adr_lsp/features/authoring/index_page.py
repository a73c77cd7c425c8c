"""The table of a log's records that stands between two comments of any page, kept current.

`<!-- adr-lsp: index -->` … `<!-- adr-lsp: end -->`; `index docs/adr` names a log, without a name
it is every log at or below the page's folder, else every log.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Text, decode

BEGIN = re.compile(r"<!--\s*adr-lsp:\s*index(?:\s+(?P<log>\S.*?))?\s*-->")
END = re.compile(r"<!--\s*adr-lsp:\s*end\s*-->")
MARK = b"adr-lsp:"
_SIGNS = re.compile(r"([\\|\[\]<>`*_])")


def pages(snapshot: Snapshot) -> list[str]:
    """Every Markdown file with a place for an index."""
    return [
        path
        for path in sorted(snapshot.tree.paths())
        if path.endswith((".md", ".mdx"))
        and MARK in (raw := snapshot.tree.read(path) or b"")
        and BEGIN.search(decode(raw)[0])
    ]


def index_change(snapshot: Snapshot, paths: list[str]) -> Change:
    """The edits that make every index of these pages current; none where all are."""
    return Change(tuple(edit for path in paths for edit in _edits(snapshot, path)))


def unclosed(snapshot: Snapshot, path: str) -> int | None:
    """The line (from 1) of a beginning that has no end."""
    content = decode(snapshot.tree.read(path) or b"")[0]
    for begin in BEGIN.finditer(content):
        following = BEGIN.search(content, begin.end())
        end = END.search(content, begin.end())
        if end is None or (following and following.start() < end.start()):
            return Text(content).position(begin.start()).line + 1
    return None


def _edits(snapshot: Snapshot, path: str) -> Iterator[Edit]:
    content = decode(snapshot.tree.read(path) or b"")[0]
    text = Text(content)
    for begin in BEGIN.finditer(content):
        end = END.search(content, begin.end())
        if end is None:
            continue
        table = _table(snapshot, path, begin["log"])
        line_end = text.line_end
        wanted = line_end + line_end.join(["", *table, ""]) + line_end
        if content[begin.end() : end.start()] != wanted:
            yield Edit(path, text.range(begin.end(), end.start()), wanted)


def _table(snapshot: Snapshot, path: str, log: str | None) -> list[str]:
    folder = posixpath.dirname(path)
    rows = ["| Record | Status | Date |", "| --- | --- | --- |"]
    for record in _records(snapshot, folder, log):
        key = snapshot.log.key(record)
        name = f"{key}: {record.title}" if record.title and record.title != key else key
        target = posixpath.relpath(record.path, folder or ".")
        target = f"<{target}>" if any(sign in target for sign in " ()") else target
        day = (record.date or "").replace("|", "")
        rows.append(f"| [{_plain(name)}]({target}) | {record.status} | {day} |")
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


def _plain(title: str) -> str:
    """A title as words of a link in a table's cell."""
    return _SIGNS.sub(r"\\\1", " ".join(title.split()))
