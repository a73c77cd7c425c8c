"""Where the words of a record name records and invariants: by a key, or by an id of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from adr_lsp.features.renaming.ids import ids
from adr_lsp.features.renaming.pages import Page, shown
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Range, unquoted
from adr_lsp.value import dataclass

_KEY = re.compile(
    r"(?<![\w/.#-])(?:[A-Za-z]+-)*ADR[- ]\d{1,9}(?:[/#](?P<id>[A-Z]+-[0-9A-Z][\w-]*))?(?![\w-])"
)
_WORD = re.compile(r"[\w/#-]+(?: \d+)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """`invariant` is None where the record alone is named."""

    range: Range
    record: Record
    invariant: Invariant | None = None


def page_of_record(record: Record) -> Page:
    return Page(record.path, record.text, tuple(shown(record.text.content)))


def keys(snapshot: Snapshot, record: Record) -> Iterator[Mention]:
    """`ADR-0012` and `ADR-0012/INV-1`, where there is such a one; not where a record says its own
    key."""
    content = record.text.content
    for first, last in shown(content) if "ADR" in content else ():
        for found in _KEY.finditer(content, first, last):
            key = found.group().partition("/")[0].partition("#")[0].replace(" ", "-")
            named = snapshot.log.resolve(key, found["id"], record.path)
            known = named.record and (named.invariant or not found["id"])
            if named.record and known and (named.record != record or found["id"]):
                yield Mention(record.text.range(*found.span()), named.record, named.invariant)


def mention_at(snapshot: Snapshot, record: Record, position: Position) -> Mention | None:
    """What the words at a place name, a bare id of the record itself among them."""
    words = _WORD.finditer(record.text.line(position.line))
    here = (word.group() for word in words if word.start() <= position.column <= word.end())
    if not any("-" in word.strip("-") or "ADR" in word for word in here):
        return None
    key = next((each for each in keys(snapshot, record) if each.range.contains(position)), None)
    return key or next((m for m in _ids(snapshot, record) if m.range.contains(position)), None)


def _ids(snapshot: Snapshot, record: Record, wanted: str | None = None) -> Iterator[Mention]:
    for id in ids(snapshot, page_of_record(record), wanted):
        if id.found.record and id.found.invariant:
            range = record.text.range(id.start, id.end)
            yield Mention(range, id.found.record, id.found.invariant)


def links(snapshot: Snapshot, record: Record) -> Iterator[tuple[Range, str]]:
    """Each link to a file of the root: the range of its target, and the path."""
    for link in record.links:
        target = unquoted(link.target.partition("#")[0])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), target))
        outside = path == ".." or path.startswith(("../", "/"))
        if target and "://" not in target and not outside and snapshot.tree.exists(path):
            yield link.target_range, path


def mentions_of(snapshot: Snapshot, record: Record, id: str | None) -> Iterator[tuple[str, Range]]:
    """Every place in the words of records, and their links, that names one of them or its
    invariant."""
    for other in snapshot.log:
        if _may_name(other, record, id):
            found = _naming(snapshot, other, record, id)
            yield from ((other.path, range) for range in found)


def _naming(snapshot: Snapshot, here: Record, record: Record, id: str | None) -> Iterator[Range]:
    if id:
        yield from (each.range for each in _ids(snapshot, here, id) if each.record == record)
    else:
        yield from _to_record(snapshot, here, record)


def _to_record(snapshot: Snapshot, here: Record, record: Record) -> Iterator[Range]:
    if here != record:
        yield from (range for range, path in links(snapshot, here) if path == record.path)
        named = (each for each in keys(snapshot, here) if not each.invariant)
        yield from (each.range for each in named if each.record == record)


def _may_name(here: Record, record: Record, id: str | None) -> bool:
    """A cheap look that tells most records apart from those worth a search."""
    content = here.text.content
    if id and here == record:
        return id in content
    named = record.stem in content or str(record.number) in content
    return named and (not id or id in content)
