"""Which decisions and invariants govern a file, and what says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adr_lsp.features.claims import Claim, claims
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.sources.comments import comments
from adr_lsp.text import Text, decode

_MENTION = re.compile(
    r"(?<![\w/.-])(?P<key>(?:[A-Za-z]+-)*ADR(?:[-_ ]|\s#)?0*\d{1,9}(?:-[a-z][\w-]*)?)"
    r"(?:[/#](?P<id>[A-Z]+-[0-9A-Z][\w-]*))?(?![\w])",
    re.IGNORECASE,
)
_SIGN = b"ADR"
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Governed:
    """One reason why a record, or an invariant of it, governs a file.

    `by` is `applies to`, `comment`, `test`, `target` or `coverage`; `place`
    is where that stands (path, line from 1). `successors` are the keys of what superseded the
    record, if it is superseded.
    """

    path: str
    record: Record
    record_key: str
    invariant: Invariant | None
    by: str
    place: tuple[str, int]
    successors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        id = self.invariant.id if self.invariant else None
        return f"{self.record_key}/{id}" if id else self.record_key


def governing(snapshot: Snapshot, path: str) -> list[Governed]:
    """Every reason, once for each record or invariant and kind of reason; by record and id."""
    found = [
        *(_claimed(snapshot, path, claim) for claim in claims(snapshot).of(path)),
        *_mentioned(snapshot, path),
    ]
    first: dict[tuple[str, str], Governed] = {}
    for each in found:
        first.setdefault((each.name, each.by), each)
    return sorted(first.values(), key=lambda each: (each.record.path, each.name, each.by))


def _mentioned(snapshot: Snapshot, path: str) -> Iterator[Governed]:
    """Records that a comment of the file names."""
    raw = snapshot.tree.read(path)
    if path in snapshot.log.records or not raw or len(raw) > LARGEST or _SIGN not in raw.upper():
        return
    content = decode(raw)[0]
    text = Text(content)
    for start, end in comments(path, content):
        for mention in _MENTION.finditer(content, start, end):
            key = re.sub(r"[\s#_]+", "-", mention["key"])
            found = snapshot.log.resolve(key, mention["id"], path)
            if found.record:
                place = text.position(mention.start())
                yield Governed(
                    path,
                    found.record,
                    snapshot.log.key(found.record),
                    found.invariant,
                    "comment",
                    (path, place.line + 1),
                    _successors(snapshot, found.record),
                )


def _claimed(snapshot: Snapshot, path: str, claim: Claim) -> Governed:
    return Governed(
        path,
        claim.record,
        snapshot.log.key(claim.record),
        claim.invariant,
        claim.by,
        (claim.record.path, claim.place.line + 1),
        _successors(snapshot, claim.record),
    )


def _successors(snapshot: Snapshot, record: Record) -> tuple[str, ...]:
    """What superseded the record as a whole; as written where that leads nowhere."""
    keys = []
    for supersession in record.superseded_by if record.status.retired else ():
        found = snapshot.log.resolve(supersession.key, None, record.path).record
        keys.append(snapshot.log.key(found) if found else supersession.key)
    return tuple(keys)
