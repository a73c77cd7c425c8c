"""Completion: what could be typed at a place of a record, or of code.

Each kind of place has a module; it answers None where the place is none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.features.completion.code import code
from adr_lsp.features.completion.declarations import declarations
from adr_lsp.features.completion.keys import front_keys, keys
from adr_lsp.features.completion.model import Completion, Completions, Kind, Spot, cut, spot_at
from adr_lsp.features.completion.patterns import patterns
from adr_lsp.features.completion.sections import sections
from adr_lsp.features.completion.statuses import statuses
from adr_lsp.features.completion.sub_items import sub_items
from adr_lsp.features.completion.targets import targets
from adr_lsp.features.completion.verifiers import verifiers
from adr_lsp.features.verbatim import is_verbatim
from adr_lsp.record import Record
from adr_lsp.record.front_matter import front_matter
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Position, Text

IN_RECORD = (sections, verifiers, targets, patterns, declarations, sub_items, statuses)


def completion(
    snapshot: Snapshot, path: str, position: Position, *, snippets: bool = False
) -> Completions:
    record = snapshot.log.records.get(path)
    if record:
        spot = spot_at(snapshot, path, record.text, position, snippets)
        return cut(spot, _in_record(spot, record))
    source = snapshot.sources.get(path)
    if source is None:
        return Completions()
    spot = spot_at(snapshot, path, Text(source.text), position, snippets)
    return cut(spot, code(spot, source))


def _in_record(spot: Spot, record: Record) -> Iterable[Completion] | None:
    offset = spot.text.offset(spot.position)
    front = front_matter(spot.text.content)
    if front.start < offset < front.end:
        return statuses(spot, record) or front_keys(spot)
    found = next((f for kind in IN_RECORD if (f := kind(spot, record)) is not None), None)
    found = keys(spot) if found is None else found
    return None if found is None or is_verbatim(record, offset) else found


__all__ = ["Completion", "Completions", "Kind", "completion"]
