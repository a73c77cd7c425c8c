"""Names such as `adr_0012_inv_1_holds`, in languages whose tests have no other title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from adr_lsp.decision_log import Resolution, nearest
from adr_lsp.features.renaming.ids import Id
from adr_lsp.features.renaming.numbers import Number
from adr_lsp.features.renaming.pages import Page
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot

SUFFIXES = (".rs", ".tla", ".cfg", ".go")
_NUMBER = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=Test)|(?<=Fuzz))adr_(?P<number>\d{1,9})(?=_)", re.IGNORECASE
)


def identifier_ids(snapshot: Snapshot, page: Page, wanted: str) -> Iterator[Id]:
    """The id part of every identifier that names an invariant so called."""
    if not page.path.endswith(SUFFIXES):
        return
    form = _form(wanted)
    for found in _NUMBER.finditer(page.text.content):
        behind = form.match(page.text.content, found.end())
        if behind:
            meant = snapshot.log.resolve(f"ADR-{found['number']}", wanted, page.path)
            yield Id(*behind.span("id"), meant)


def identifier_numbers(snapshot: Snapshot, page: Page, wanted: Collection[int]) -> Iterator[Number]:
    """The number in every identifier that names a record."""
    if not page.path.endswith(SUFFIXES):
        return
    for found in _NUMBER.finditer(page.text.content):
        if int(found["number"]) in wanted:
            same = nearest(snapshot.log.named(f"ADR-{found['number']}"), page.path)
            declaring = [r for r in same if _declares(r, page.text.content, found.end())]
            meant = tuple(declaring) or same
            one = meant[0] if len(meant) == 1 else None
            if meant:
                yield Number(*found.span("number"), Resolution(meant, one, ambiguous=one is None))


def _declares(record: Record, content: str, at: int) -> bool:
    return any(i.id and _form(i.id).match(content, at) for i in record.invariants)


@lru_cache(maxsize=256)
def _form(id: str) -> re.Pattern[str]:
    words = re.escape(id.replace("-", "_"))
    return re.compile(rf"_(?P<id>{words})(?=_|\W|\Z)", re.IGNORECASE)
