"""Which record of now is which record of the base, also where its file was renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """One record as it was and as it is; None on the side where it is not."""

    old: Record | None
    new: Record | None

    @property
    def path(self) -> str:
        record = self.new or self.old
        return record.path if record else ""


def paired(base: Snapshot, present: Snapshot) -> tuple[Pair, ...]:
    """Every record of either side, by path.

    Files pair by path; what is left by equal text, title or number, where that is beyond doubt.
    A file that stands on both sides and is a record on one, but cannot be read on the other, is
    in no pair: nobody can say what became of it.
    """
    then, now = base.log.records, present.log.records
    pairs = [Pair(then[path], now[path]) for path in then.keys() & now.keys()]
    old = [then[path] for path in then.keys() - now.keys()]
    new = [now[path] for path in now.keys() - then.keys() if not _unread(base, path)]
    for alike in (_text, _title, _number):
        matched = _matched(old, new, alike)
        pairs += matched
        before = {pair.old.path for pair in matched if pair.old}
        after = {pair.new.path for pair in matched if pair.new}
        old = [record for record in old if record.path not in before]
        new = [record for record in new if record.path not in after]
    pairs += [Pair(record, None) for record in old] + [Pair(None, record) for record in new]
    return tuple(sorted(pairs, key=lambda pair: pair.path))


def _unread(base: Snapshot, path: str) -> bool:
    """A clone may lack what a commit held."""
    return base.tree.exists(path) and base.tree.read(path) is None


def _matched(
    old: Iterable[Record], new: Iterable[Record], alike: Callable[[Record], Hashable]
) -> list[Pair]:
    """Those that alone on either side have the same of something."""
    before, after = _single(old, alike), _single(new, alike)
    return [Pair(before[key], after[key]) for key in before.keys() & after.keys()]


def _single(
    records: Iterable[Record], alike: Callable[[Record], Hashable]
) -> dict[Hashable, Record]:
    keyed = [(key, record) for record in records if (key := alike(record)) is not None]
    times = Counter(key for key, _ in keyed)
    return {key: record for key, record in keyed if times[key] == 1}


def _text(record: Record) -> Hashable:
    return record.text.content or None


def _number(record: Record) -> Hashable:
    return (record.log, record.number) if record.number is not None else None


def _title(record: Record) -> Hashable:
    return record.title.lower() or None
