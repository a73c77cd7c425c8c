"""Edits of files that configure a tool: added at the end, the rest untouched."""

from __future__ import annotations

import posixpath

from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold.place import link
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import START, Edit, Range, Text, decode


def text_at(snapshot: Snapshot, path: str) -> str | None:
    raw = snapshot.tree.read(path)
    if raw is None:
        return None
    content, fault = decode(raw)
    return None if fault is not None else content


def appended(path: str, content: str | None, added: str) -> Edit:
    """The text below what stands, with one blank line between."""
    if not content:
        return Edit(path, Range(START, START), added)
    text = Text(content)
    bare = content.rstrip("\r\n")
    place = text.position(len(bare))
    ended = text.line_end + text.line_end
    return Edit(path, Range(place, text.end), ended + added.replace("\n", text.line_end))


def inserted(path: str, content: str, offset: int, added: str) -> Edit:
    place = Text(content).position(offset)
    return Edit(path, Range(place, place), added)


def link_edit(record: Record, invariant: Invariant, path: str, name: str) -> tuple[Edit, ...]:
    """The `Verified by:` line; a whole file where no name is given."""
    if invariant.extension is None:
        return ()
    above = posixpath.dirname(record.path) or "."
    line = (
        link(record, path, name) if name else f"- Verified by: `{posixpath.relpath(path, above)}`"
    )
    known = {(posixpath.normpath(posixpath.join(above, v.path)), v.name or "")
             for v in invariant.verified_by}  # fmt: skip
    if (path, name) in known:
        return ()
    place = Range(invariant.extension, invariant.extension)
    return (Edit(record.path, place, record.text.line_end + invariant.indent + line),)
