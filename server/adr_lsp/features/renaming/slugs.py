"""Links from the site's root to a record whose page is named by its number: `/adr/12`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from adr_lsp.decision_log import nearest
from adr_lsp.features.renaming.digits import Digits
from adr_lsp.features.renaming.model import SEVERAL, Found
from adr_lsp.features.renaming.pages import Page
from adr_lsp.features.renaming.targets import targets
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.snapshot import Snapshot


def slugs(
    snapshot: Snapshot, page: Page, digits: Mapping[str, Digits], new_numbers: Mapping[str, int]
) -> Iterator[Found]:
    """The last part of every such link, where the record gives that as its slug."""
    for target in targets(page):
        folder, name = posixpath.split(target.written.rstrip("/"))
        if not folder.startswith("/") or not name.isdigit():
            continue
        meant = _called(snapshot, page.path, folder, name)
        if any(record.path in new_numbers for record in meant):
            start = target.start + len(folder.rstrip("/")) + 1
            path = meant[0].path
            known = len(meant) == 1
            new = digits[path].like(name, new_numbers[path]) if known else None
            yield Found(start, start + len(name), new, SEVERAL)


def _called(snapshot: Snapshot, page: str, folder: str, name: str) -> tuple[Record, ...]:
    """The records of that slug; of those the ones whose log's folder is named, if any is."""
    same = snapshot.log.named(f"ADR-{name}")
    named = nearest(tuple(record for record in same if _slug(record) == name), page)
    inside = posixpath.basename(folder)
    return tuple(r for r in named if posixpath.basename(r.log) == inside) or named


def _slug(record: Record) -> str:
    found = front_matter(record.text.content).first("slug")
    return posixpath.basename(found.text.strip().rstrip("/")) if found else ""
