"""What of a record can be folded: sections, invariants with what stands below them, the front
matter, code and comments."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.verbatim import verbatim
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Text
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines from `first` to `last`, from 0; the first one stays visible."""

    first: int
    last: int
    comment: bool = False


def folds(snapshot: Snapshot, path: str) -> list[Fold]:
    record = snapshot.log.records.get(path)
    if record is None:
        return []
    found = dict.fromkeys(fold for fold in _all(record) if fold.first < fold.last)
    return sorted(found, key=lambda fold: (fold.first, -fold.last))


def _all(record: Record) -> Iterator[Fold]:
    text = record.text
    front = front_matter(text.content)
    if front.end:
        yield _fold(text, front.start, front.end)
    for section in record.sections:
        yield _fold(text, section.start, section.end)
    for invariant in record.invariants:
        last = max([invariant.range.end, *([invariant.extension] if invariant.extension else [])])
        yield _fold(text, text.offset(invariant.range.start), text.offset(last))
    for block in verbatim(record):
        comment = text.content.startswith("<!--", block.start)
        yield _fold(text, block.start, block.end, comment=comment)


def _fold(text: Text, start: int, end: int, *, comment: bool = False) -> Fold:
    """Without the blank lines at its end."""
    said = start + len(text.content[start:end].rstrip())
    return Fold(text.position(start).line, text.position(said).line, comment)
