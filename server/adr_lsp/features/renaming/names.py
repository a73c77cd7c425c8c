"""What the names of records and invariants in a page mean: keys, paths, links."""

from __future__ import annotations

import posixpath
import re

from adr_lsp.decision_log import Resolution, nearest
from adr_lsp.features.renaming.paths import spoken
from adr_lsp.record import Record
from adr_lsp.record.key import number_of, series_of
from adr_lsp.record.pages import TEMPLATE_NAMES
from adr_lsp.snapshot import Snapshot

_PAGE = re.compile(r"\.mdx?\Z")
_TEMPLATE = re.compile(rf"(?:\A|[-_./ ])(?:{TEMPLATE_NAMES})s?(?:[-_./ ]|\Z)", re.IGNORECASE)


def named(snapshot: Snapshot, key: str, id: str | None, path: str) -> Resolution:
    """What a key means in a file. A prefix that is no log's tells series of numbers apart:
    `X-ADR-OPS-0003` is not `X-ADR-0003`."""
    found = snapshot.log.resolve(key, id, path)
    number, series = number_of(key.rpartition("/")[2]), series_of(key.rpartition("/")[2])
    if found.records or number is None or not series:
        return found
    same = snapshot.log.named(f"ADR-{number}")
    records = nearest(tuple(r for r in same if series_of(r.stem) == series), path)
    record = records[0] if len(records) == 1 else None
    invariant = record.invariant(id) if record and id else None
    return Resolution(records, record, invariant, ambiguous=len(records) > 1)


def resolved(snapshot: Snapshot, key: str, id: str | None, path: str) -> Resolution | None:
    """What a key in front of an id means; it may be a path too. None if no record."""
    record = linked(snapshot, path, key)
    if record:
        return Resolution((record,), record, record.invariant(id) if id else None)
    bare = re.sub(r"\A(?:\.{1,2}/)+", "", _PAGE.sub("", key))
    for name in dict.fromkeys((re.sub("[ _#]", "-", bare), bare, _PAGE.sub("", key))):
        found = named(snapshot, name, id, path)
        if found.records:
            return found
    return None


def linked(snapshot: Snapshot, path: str, target: str) -> Record | None:
    """The record that a relative path leads to from a file."""
    written = spoken(target.partition("#")[0].partition("?")[0])
    if not written or "://" in written:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    places = (joined, joined + ".md", joined + ".mdx", joined + "/README.md")
    return next((r for place in places if (r := snapshot.log.records.get(place))), None)


def is_template(snapshot: Snapshot, path: str) -> bool:
    """Whether the keys in a page are examples."""
    return path not in snapshot.log.records and _TEMPLATE.search(path) is not None
