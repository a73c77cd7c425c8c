"""Every name of an invariant or a record in a page, with what it means there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from adr_lsp.decision_log import Resolution
from adr_lsp.features.renaming.pages import MARKDOWN, Page
from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.snapshot import Snapshot

_KEY = r"(?:[A-Za-z][\w.-]*-)?ADR[ _]\d{1,9}|[\w.@~-]+(?:/[\w.@~-]+)*"
_LISTED = re.compile(r"[`*_)\]\"']*(?:\s*[,;&+]|\s+(?:and|or)\b)(?:[\s,`*_(\[\"']|and\b|or\b)*")
_LINKED = re.compile(r"[^\[\]\n]*\]\(\s*<?(?P<target>[^()<>\s]+)")
_PAGE = re.compile(r"\.mdx?\Z")
_RECORD = re.compile(
    r"(?<![\w/.-])(?P<key>(?:[A-Za-z][A-Za-z0-9]*-)*ADR[-_ ]?(?:[A-Za-z]+-)*(?P<number>0*\d{1,9}))"
    r"(?![\w]|-[A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """`start` to `end` is the part that a renaming replaces: an id, or a record's number or stem.

    `found` is what the whole name means in this file.
    """

    start: int
    end: int
    found: Resolution


@lru_cache(maxsize=16)
def _ids(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![\w./@~-])(?P<key>{_KEY})[/#])?(?<![\w-])(?P<id>{id_pattern(prefixes)})"
    )


def ids(snapshot: Snapshot, page: Page, wanted: str) -> Iterator[Name]:
    """Every place of the id `wanted`: behind a key, in a list behind one, in a link to a record,
    or alone in the record itself."""
    content = page.text.content
    own = snapshot.log.records.get(page.path)
    for first, last in page.parts:
        listed: tuple[int, str] | None = None
        for found in _ids(snapshot.config.prefixes).finditer(content, first, last):
            key = found["key"]
            if key is None and listed and _LISTED.fullmatch(content, listed[0], found.start()):
                key = listed[1]
            listed = (found.end(), key) if key else None
            if found["id"] != wanted:
                continue
            meant = _meant(snapshot, page.path, content, found, key, own)
            if meant:
                yield Name(found.start("id"), found.end("id"), meant)


def _meant(
    snapshot: Snapshot,
    path: str,
    content: str,
    found: re.Match[str],
    key: str | None,
    own: Record | None,
) -> Resolution | None:
    id = found["id"]
    if key is not None:
        return resolved(snapshot, key, id, path)
    link = _LINKED.match(content, found.end()) if path.endswith(MARKDOWN) else None
    record = linked(snapshot, path, link["target"]) if link else None
    record = record or own
    return Resolution((record,), record, record.invariant(id)) if record else None


def records(snapshot: Snapshot, page: Page, record: Record) -> Iterator[Name]:
    """Every place that names a record by its number (of which the digits are replaced) or stem."""
    content = page.text.content
    stem = re.compile(rf"(?<![\w.-]){re.escape(record.stem)}(?![\w-])")
    for first, last in page.parts:
        for found in stem.finditer(content, first, last):
            link = _target_around(content, found.start())
            meant = linked(snapshot, page.path, link) if link else None
            by_name = snapshot.log.resolve(record.stem, None, page.path)
            one = Resolution((meant,), meant) if meant else by_name
            yield Name(found.start(), found.end(), one)
        for found in _RECORD.finditer(content, first, last):
            if int(found["number"]) == record.number:
                log = re.search(r"(?<![\w.-])((?:[\w.-]+/)+)\Z", content[: found.start()])
                key = (log[1] if log else "") + found["key"].replace(" ", "-").replace("_", "-")
                behind = _id_behind(snapshot, content, found.end())
                meant_here = snapshot.log.resolve(key, behind, page.path)
                yield Name(found.start("number"), found.end("number"), meant_here)


def _id_behind(snapshot: Snapshot, content: str, at: int) -> str | None:
    """The id that stands behind a key: it tells which of two records of one number is meant."""
    if content[at : at + 1] not in ("/", "#"):
        return None
    found = re.compile(id_pattern(snapshot.config.prefixes)).match(content, at + 1)
    return found.group() if found else None


def _target_around(content: str, at: int) -> str | None:
    """The link's target that a place stands in."""
    start = max(content.rfind(sign, 0, at) for sign in "(<\n\t \"'")
    opened = content[start : start + 1] in ("(", "<") or content[max(0, start - 1)] == ":"
    if not opened:
        return None
    end = re.compile(r"[)>\s\"']").search(content, at)
    return content[start + 1 : end.start() if end else len(content)]


def resolved(snapshot: Snapshot, key: str, id: str | None, path: str) -> Resolution | None:
    """What a key in front of an id means; it may be a path too. None if no record."""
    record = linked(snapshot, path, key)
    if record:
        return Resolution((record,), record, record.invariant(id) if id else None)
    bare = re.sub(r"\A(?:\.{1,2}/)+", "", _PAGE.sub("", key)).replace(" ", "-").replace("_", "-")
    for name in dict.fromkeys((bare, _PAGE.sub("", key))):
        found = snapshot.log.resolve(name, id, path)
        if found.records:
            return found
    return None


def linked(snapshot: Snapshot, path: str, target: str) -> Record | None:
    """The record that a relative path leads to from a file."""
    written = unquote(target.partition("#")[0].partition("?")[0])
    if not written or "://" in written:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    places = (joined, joined + ".md", joined + ".mdx", joined + "/README.md")
    return next((r for place in places if (r := snapshot.log.records.get(place))), None)
