"""The project's own files that name records: the configuration and the baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from adr_lsp.features.baseline_file import renamed as renamed_in_baseline
from adr_lsp.features.baseline_file import renamed_invariant
from adr_lsp.record import Record
from adr_lsp.record.key import number_of, stem_of
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import NOWHERE, Edit, Range, Text, decode


def since_followed(snapshot: Snapshot, record: Record, new: int) -> Iterator[Edit]:
    """Where `since` names the record by its number, the one that comes next, so that the same ones
    count as older."""
    path = snapshot.config.path
    raw = snapshot.tree.read(path) if path else None
    if not path or not raw:
        return
    content = decode(raw)[0]
    since = re.search(r"^[ \t]*since[ \t]*=[ \t]*[\"'](?P<key>[^\"'\n]*)", content, re.MULTILINE)
    digits = re.search(r"\d+", since["key"]) if since and since["key"] != record.stem else None
    if since and digits and snapshot.log.resolve(since["key"], None, "").record is record:
        following = str(_following(snapshot, record, new)).zfill(len(digits.group()))
        start = since.start("key") + digits.start()
        yield Edit(path, Text(content).range(start, start + len(digits.group())), following)


def _following(snapshot: Snapshot, record: Record, number: int) -> int:
    """The least number of the log above the record's old one, its new one among them."""
    old = record.number or 0
    others = [r.number for r in snapshot.log if r.log == record.log and r is not record]
    return min((n for n in (*others, number) if n is not None and n > old), default=number)


def baseline_followed(snapshot: Snapshot, moves: Mapping[str, str]) -> Iterator[Edit]:
    """The baseline, which names records by their stems."""
    stems = {record.stem: stem_of(moves[record.path]) for record in _moved(snapshot, moves)}
    changed = {old: new for old, new in stems.items() if old != new}
    raw = snapshot.tree.read(snapshot.config.baseline) if changed else None
    if raw:
        content = decode(raw)[0]
        yield from _whole(snapshot, content, renamed_in_baseline(content, changed))


def baseline_renamed(snapshot: Snapshot, record: Record, old: str, new: str) -> Iterator[Edit]:
    """The baseline, where an invariant has another id."""
    raw = snapshot.tree.read(snapshot.config.baseline)
    if raw:
        content = decode(raw)[0]
        yield from _whole(snapshot, content, renamed_invariant(content, record.stem, old, new))


def _moved(snapshot: Snapshot, moves: Mapping[str, str]) -> Iterator[Record]:
    return (r for path in sorted(moves) if (r := snapshot.log.records.get(path)))


def _whole(snapshot: Snapshot, before: str, after: str) -> Iterator[Edit]:
    if after != before:
        whole = Range(NOWHERE.start, Text(before).end)
        yield Edit(snapshot.config.baseline, whole, after)


def renumbered(snapshot: Snapshot, moves: Mapping[str, str]) -> dict[str, int]:
    """The new numbers of the records whose files are called by another one, by old path."""
    found = ((record, number_of(stem_of(moves[record.path]))) for record in _moved(snapshot, moves))
    return {r.path: number for r, number in found if number is not None and number != r.number}
