"""Which records are older than `since` says, and what they are spared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from adr_lsp.decision_log import DecisionLog
from adr_lsp.record import Record
from adr_lsp.rule import Rule
from adr_lsp.snapshot import Snapshot

# What a record would have had to say that was written before anybody asked for it. That names
# lead nowhere or to two records, and what runs show, is said of every record.
_SPARED = ("ADL1", "ADL301", "ADL302", "ADL502", "ADL503", "ADL504", "ADL505", "ADL51")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def spared(rule: Rule) -> bool:
    """Whether a rule is silent on older records."""
    return rule.code.startswith(_SPARED)


def older(snapshot: Snapshot) -> frozenset[str]:
    """The paths of the records that are older than the configuration's `since`."""
    since = snapshot.config.since
    if since is None:
        return frozenset()
    if older not in snapshot.memo:
        day = _parsed(since)
        before = _before_day(snapshot.log, day) if day else _before_record(snapshot.log, since)
        snapshot.memo[older] = frozenset(before)
    found: frozenset[str] = snapshot.memo[older]
    return found


def fault(snapshot: Snapshot) -> str | None:
    """What is wrong with `since`."""
    since = snapshot.config.since
    if since is None or _parsed(since) or snapshot.log.named(since):
        return None
    return f"`since`: `{since}` is neither a date nor a record"


def _before_day(log: DecisionLog, day: date) -> Iterator[str]:
    """Records of an earlier date; without a date, those whose number one of them has reached."""
    reached: dict[str, int] = {}
    undated: list[Record] = []
    for record in log.records.values():
        own = _day(record)
        if own is None:
            undated.append(record)
        elif own < day:
            yield record.path
            reached[record.log] = max(reached.get(record.log, -1), _number(record))
    yield from (r.path for r in undated if 0 <= _number(r) <= reached.get(r.log, -1))


def _before_record(log: DecisionLog, key: str) -> Iterator[str]:
    """Records of a log before the one that the key names there."""
    for first in log.named(key):
        siblings = (r for r in log.records.values() if r.log == first.log)
        yield from (r.path for r in siblings if _precedes(r, first))


def _precedes(record: Record, first: Record) -> bool:
    """By number where both have one, else by date; what cannot be compared is not older."""
    if record.number is not None and first.number is not None:
        return record.number < first.number
    own, other = _day(record), _day(first)
    return own is not None and other is not None and own < other


def _number(record: Record) -> int:
    return -1 if record.number is None else record.number


def _day(record: Record) -> date | None:
    return _parsed(record.date.replace("/", "-")) if record.date else None


def _parsed(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if _DAY.fullmatch(said) else None
    except ValueError:
        return None
