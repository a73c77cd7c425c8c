"""All records of a root, and what a name means among them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TypeVar

from adr_lsp.overlaid import overlaid
from adr_lsp.record import Invariant, Record
from adr_lsp.value import dataclass

K = TypeVar("K")

_NUMBERED = re.compile(r"(?:[A-Za-z]+-)*?ADR[-_ ]?0*(\d+)\Z|0*(\d+)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a reference names. `records` are the candidates in the nearest log.

    `invariant` is set when exactly one of them declares the id; `ambiguous` when several could
    be meant.
    """

    records: tuple[Record, ...] = ()
    record: Record | None = None
    invariant: Invariant | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """Every record by path, and every name that leads to one.

    `by_name` maps a normalised name (`adr-12`, a stem in lower case) to the sorted paths of the
    records that answer to it. `verifying` are the paths of records that name tests, `succeeding`
    those of records that say what took the place of what, `declaring` those of records with a
    declared invariant: all are asked for at each keystroke, and shared between a log and its
    successors.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verifying: frozenset[str] = frozenset()
    succeeding: frozenset[str] = frozenset()
    declaring: frozenset[str] = frozenset()

    def replace(self, changes: Mapping[str, Record | None]) -> DecisionLog:
        """The log with some records changed, added or (None) removed, by path."""
        by_name: dict[str, tuple[str, ...]] | None = None  # copied where a name comes or goes
        for path, record in changes.items():
            old = self.records.get(path)
            before = set(names(old)) if old else set()
            after = set(names(record)) if record else set()
            if before != after:
                by_name = dict(self.by_name) if by_name is None else by_name
                reindex(by_name, path, before, after)
        verifying = _those(self.verifying, changes, _verifies)
        succeeding = _those(self.succeeding, changes, _succeeds)
        declaring = _those(self.declaring, changes, _declares)
        records = _replaced(self.records, changes)
        known = self.by_name if by_name is None else by_name
        return DecisionLog(records, known, verifying, succeeding, declaring)

    def __iter__(self) -> Iterator[Record]:
        """All records, by path."""
        return (self.records[path] for path in sorted(self.records))

    def named(self, key: str) -> tuple[Record, ...]:
        """Every record that answers to `key`, which may have a log's name before it.

        A log that is named in full wins over those that it merely runs through.
        """
        prefix, _, name = key.strip().rpartition("/")
        found = [self.records[path] for path in self.by_name.get(normalised(name), ())]
        exact = [record for record in found if prefix and record.log == prefix]
        wanted = tuple(part.lower() for part in prefix.split("/") if part)
        through = (r for r in found if not wanted or _runs_through(r.log, wanted))
        return tuple(exact or through)

    def resolve(self, key: str, id: str | None, from_path: str) -> Resolution:
        """What `key` and `id` mean in the file at `from_path`: the nearest log, then outwards."""
        records = nearest(self.named(key), from_path)
        if not records:
            return Resolution()
        declaring = [r for r in records if id is not None and r.invariant(id)]
        meant = declaring or list(records)
        record = meant[0] if len(meant) == 1 else None
        invariant = record.invariant(id) if record and id else None
        return Resolution(records, record, invariant, ambiguous=record is None)

    def key(self, record: Record) -> str:
        """The shortest canonical name that leads to this record alone, wherever it stands."""
        if self.alone(record):
            return record.key
        same_name = self.named(record.key)
        same_log = [r for r in same_name if r.log == record.log]
        name = record.stem if len(same_log) > 1 else record.key
        elsewhere = any(r.log != record.log for r in self.named(name))
        return f"{record.log}/{name}" if elsewhere and record.log else name

    def alone(self, record: Record) -> bool:
        """Whether no other record of the log answers to its key, as is so of nearly all."""
        return self.by_name.get(_key_name(record)) == (record.path,)

    def invariant_key(self, invariant: Invariant) -> str | None:
        """`ADR-0012/INV-1`; None while the invariant is provisional."""
        record = self.records.get(invariant.path)
        return f"{self.key(record)}/{invariant.id}" if record and invariant.id else None


def _replaced(
    records: Mapping[str, Record], changes: Mapping[str, Record | None]
) -> Mapping[str, Record]:
    """Copied only where a record comes or goes."""
    kept = {path: record for path, record in changes.items() if record is not None}
    if len(kept) == len(changes) and kept.keys() <= records.keys():
        return overlaid(records, kept)
    gone = changes.keys() - kept.keys()
    return {path: each for path, each in {**records, **kept}.items() if path not in gone}


def _those(
    known: frozenset[str],
    changes: Mapping[str, Record | None],
    holds: Callable[[Record], bool],
) -> frozenset[str]:
    """The paths of the records of which something holds, after some changed."""
    now = {path for path, record in changes.items() if record is not None and holds(record)}
    left = {path for path in changes if path in known} - now
    return (known - left) | now if left or not now <= known else known


def _verifies(record: Record) -> bool:
    return bool(record.verified_by or any(i.verified_by for i in record.invariants))


def _declares(record: Record) -> bool:
    return any(invariant.id is not None for invariant in record.invariants)


def _succeeds(record: Record) -> bool:
    whole = record.supersedes or record.superseded_by
    return bool(whole or any(i.superseded_by for i in record.invariants))


def reindex(index: dict[K, tuple[str, ...]], path: str, before: set[K], after: set[K]) -> None:
    """Move `path` from the names that it had to those that it has; the paths stay sorted."""
    for name in before - after:
        left = tuple(p for p in index[name] if p != path)
        if left:
            index[name] = left
        else:
            del index[name]
    for name in after - before:
        index[name] = tuple(sorted({*index.get(name, ()), path}))


def normalised(name: str) -> str:
    """A name as it is compared: zero padding and the case do not matter."""
    numbered = _NUMBERED.match(name)
    if not numbered:
        return name.lower()
    prefix = name[: name.upper().rindex("ADR")] if numbered[1] else ""
    return f"{prefix.lower()}adr-{numbered[1] or numbered[2]}"


def names(record: Record) -> tuple[str, ...]:
    """The normalised names that lead to a record."""
    return tuple({_key_name(record), record.stem.lower()})


def _key_name(record: Record) -> str:
    """Its key as it is compared; with a number that needs no search."""
    return normalised(record.key) if record.number is None else f"adr-{record.number}"


def nearest(records: tuple[Record, ...], from_path: str) -> tuple[Record, ...]:
    """Those whose log shares the most leading folders with the file."""
    if len(records) < 2:
        return records
    here = posixpath.dirname(from_path).split("/")
    depths = [_shared(record.log.split("/"), here) for record in records]
    return tuple(r for r, depth in zip(records, depths, strict=True) if depth == max(depths))


def _shared(first: list[str], second: list[str]) -> int:
    depth = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        depth += 1
    return depth


def _runs_through(log: str, wanted: tuple[str, ...]) -> bool:
    parts = tuple(log.lower().split("/"))
    ends = range(len(wanted), len(parts) + 1)
    return any(parts[end - len(wanted) : end] == wanted for end in ends)
