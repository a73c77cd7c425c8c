"""The project's own files that name records: the configuration and the baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from adr_lsp.features.baseline_file import renamed as renamed_in_baseline
from adr_lsp.features.baseline_file import renamed_invariant
from adr_lsp.record import Record
from adr_lsp.record.globs import matches
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


def globs_followed(snapshot: Snapshot, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Globs that mean a record by its number, such as `docs/adr/0012-*`."""
    path, config = snapshot.config.path, snapshot.config
    raw = snapshot.tree.read(path) if path else None
    if not path or not raw:
        return
    text = Text(decode(raw)[0])
    given = (*config.records, *config.exclude, *(glob for glob, _ in config.per_file_ignores))
    for record in _moved(snapshot, moves):
        for glob in dict.fromkeys(given):
            new = _glob(glob, snapshot, record, moves[record.path])
            for found in re.finditer(rf"([\"']){re.escape(glob)}\1", text.content) if new else ():
                yield Edit(path, text.range(found.start() + 1, found.end() - 1), new or "")


def _glob(glob: str, snapshot: Snapshot, record: Record, new_path: str) -> str | None:
    """The glob that means the record under its new path, and else what it meant; None where it
    need not change, or cannot."""
    if record.stem in glob or not matches(record.path, (glob,)) or matches(new_path, (glob,)):
        return None
    old, new = (re.findall(r"\d+", stem) for stem in (record.stem, stem_of(new_path)))
    changed = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    if len(old) != len(new) or len(changed) != 1:
        return None
    tried = re.sub(rf"(?<!\d){changed[0][0]}(?!\d)", changed[0][1], glob)
    others = [path for path in snapshot.log.records if path != record.path]
    same = all(matches(path, (tried,)) == matches(path, (glob,)) for path in others)
    return tried if same and matches(new_path, (tried,)) else None


def baseline_followed(snapshot: Snapshot, moves: Mapping[str, str]) -> Iterator[Edit]:
    """The baseline, which names records by their stems, and other files by their paths."""
    stems = {record.stem: stem_of(moves[record.path]) for record in _moved(snapshot, moves)}
    others = {old: new for old, new in moves.items() if old not in snapshot.log.records}
    changed = {old: new for old, new in (stems | others).items() if old != new}
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
