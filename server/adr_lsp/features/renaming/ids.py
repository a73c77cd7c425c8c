"""Every place of an invariant's id in a page: behind a key, in a list behind one, beside one, in a
link to a record, or alone in the record itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from adr_lsp.decision_log import Resolution
from adr_lsp.features.renaming.names import linked, resolved
from adr_lsp.features.renaming.pages import Page
from adr_lsp.record import Record
from adr_lsp.record.declaration import id_pattern
from adr_lsp.snapshot import Snapshot

_NAMED = r"(?:[A-Za-z][\w.-]*-)?ADR[-_ #]\d{1,9}"
_KEY = re.compile(
    rf"(?<![\w./~-])(?:(?:[\w.-]+/)*{_NAMED}|[\w.~-]+(?:/[\w.~-]+)*)\Z", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?<![\w./~-])(?P<key>{_NAMED})[`*_]{{0,3}}(?::[ ]|[ ]\(|'s[ ]|[ ])[`*_]{{0,3}}\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[`*_]{{0,3}}[ ](?:of|in|from)[ ][`*_]{{0,3}}(?P<key>{_NAMED})(?![\w/#-])", re.IGNORECASE
)
_LISTED = re.compile(r"[`*_)\]\"']*(?:\s*[,;&+]|\s+(?:and|or)\b)(?:[\s,`*_(\[\"']|and\b|or\b)*")
_LINK = re.compile(r"[^\[\]\n]{0,300}\]\(\s*<?(?P<target>[^()<>\s]+)")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Id:
    """Where an id stands, and what it means there."""

    start: int
    end: int
    found: Resolution


@lru_cache(maxsize=16)
def _form(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){id_pattern(prefixes)}")


def ids(snapshot: Snapshot, page: Page, wanted: str | None = None) -> Iterator[Id]:
    """Those of one id, or of all."""
    content = page.text.content
    form = _form(snapshot.config.prefixes)
    for first, last in page.parts:
        end, key = -1, None
        for found in form.finditer(content, first, last):
            key = _key(content, first, found.start(), end, key)
            end = found.end()
            meant = (
                _meant(snapshot, page, found, key)
                if found.group() == (wanted or found.group())
                else None
            )
            if meant:
                yield Id(found.start(), found.end(), meant)


def _key(content: str, first: int, start: int, end: int, before: str | None) -> str | None:
    """The key that an id has in front of it, or takes from the id before it; "" for none that can
    be read."""
    if content[start - 1 : start] in ("/", "#") and start > first:
        if end == start - 1:
            return before
        behind = content[max(first, start - 1 - _LONGEST) : start - 1]
        found = _KEY.search(behind)
        return found.group() if found else ""
    listed = end >= 0 and before and _LISTED.fullmatch(content, end, start)
    return before if listed else None


def _meant(
    snapshot: Snapshot, page: Page, found: re.Match[str], key: str | None
) -> Resolution | None:
    id, content = found.group(), page.text.content
    if key is not None:
        return resolved(snapshot, key, id, page.path) if key else None
    link = _LINK.match(content, found.end()) if page.markdown else None
    record = linked(snapshot, page.path, link["target"]) if link else None
    if record:
        return _one(record, id)
    own = snapshot.log.records.get(page.path)
    beside = _beside(snapshot, page, found)
    if beside and beside.record is not own:
        if own is None or not own.invariant(id) or beside.record is None:
            return beside
        return Resolution((own, beside.record), ambiguous=True)
    return _one(own, id) if own else None


def _one(record: Record, id: str) -> Resolution:
    return Resolution((record,), record, record.invariant(id))


def _beside(snapshot: Snapshot, page: Page, found: re.Match[str]) -> Resolution | None:
    """The record that the words around an id name, if it declares the id: `ADR-0012 (INV-1)`."""
    content = page.text.content
    near = _BEFORE.search(content[max(0, found.start() - 60) : found.start()])
    near = near or _BEHIND.match(content, found.end())
    meant = resolved(snapshot, near["key"], found.group(), page.path) if near else None
    declared = meant and any(record.invariant(found.group()) for record in meant.records)
    return meant if declared else None
