"""Names such as `adr_0012_inv_1_holds`, in languages whose tests have no other title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adr_lsp.features.renaming.pages import Page
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Edit

SUFFIXES = (".rs", ".tla", ".cfg", ".go")
_NUMBER = r"(?<![A-Za-z0-9])(?:adr_)(?P<number>0*{0})(?=_)"


def identifier_edits(
    snapshot: Snapshot, page: Page, record: Record, old: str, new: str
) -> Iterator[Edit]:
    """The id part of every identifier that names the invariant."""
    if not page.path.endswith(SUFFIXES) or not _means(snapshot, page, record, old):
        return
    words = re.escape(old.replace("-", "_"))
    form = re.compile(
        _NUMBER.format(record.number) + rf"_(?P<id>{words})(?=_|\W|\Z)", re.IGNORECASE
    )
    for found in form.finditer(page.text.content):
        written = new.replace("-", "_")
        written = written.lower() if found["id"].islower() else written
        yield Edit(page.path, page.text.range(found.start("id"), found.end("id")), written)


def number_edits(snapshot: Snapshot, page: Page, record: Record, new: int) -> Iterator[Edit]:
    """The number in every identifier that names the record."""
    if not page.path.endswith(SUFFIXES) or not _means(snapshot, page, record, None):
        return
    form = re.compile(_NUMBER.format(record.number), re.IGNORECASE)
    for found in form.finditer(page.text.content):
        digits = str(new).zfill(len(found["number"]))
        yield Edit(page.path, page.text.range(found.start("number"), found.end("number")), digits)


def _means(snapshot: Snapshot, page: Page, record: Record, id: str | None) -> bool:
    if record.number is None:
        return False
    return snapshot.log.resolve(f"ADR-{record.number}", id, page.path).record is record
