"""Statuses, in the words of the log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from adr_lsp.features.authoring.status_words import worded
from adr_lsp.features.completion.model import Completion, Kind, Spot, of_words
from adr_lsp.record import Record, Status
from adr_lsp.record.heading import STATUS, heads_status
from adr_lsp.record.status import status_of
from adr_lsp.text import Position

_LABEL = re.compile(
    rf"\W*(?:{'|'.join(map(re.escape, sorted(STATUS)))})\W*?[:：][\s*_\"']*(?P<typed>[^\W\d_]*)\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\s*_]*(?P<typed>[^\W\d_]*)\Z")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
_FIRST_LINES = 60
USUAL = (Status.PROPOSED, Status.ACCEPTED, Status.REJECTED, Status.DEPRECATED, Status.SUPERSEDED)


def statuses(spot: Spot, record: Record) -> Iterable[Completion] | None:
    """Behind a label at the head of a record, and on the first line of its Status section."""
    found = _LABEL.match(spot.before) if spot.position.line < _FIRST_LINES else None
    found = found or (_WORD.match(spot.before) if _begins_section(spot, record) else None)
    if found is None:
        return None
    return of_words(spot, found["typed"], words(spot, record), "status", Kind.WORD)


def _begins_section(spot: Spot, record: Record) -> bool:
    """Whether nothing is said yet in the Status section of the place."""
    section = next((s for s in record.sections if heads_status(s.title)), None)
    if section is None or not section.body.contains(spot.position):
        return False
    start = spot.text.offset(section.body.start)
    here = spot.text.offset(Position(spot.position.line, 0))
    return section.heading.end.line < spot.position.line and not (
        spot.text.content[start:here].strip()
    )


def words(spot: Spot, record: Record) -> list[str]:
    """Those that the log's other records have, the most frequent first; then the usual ones that
    none has, in the same case."""
    others = [r for r in spot.snapshot.log.records.values() if r.log == record.log and r != record]
    told = Counter(r.status_text for r in others if _PLAIN.fullmatch(r.status_text))
    known = [word for word, _ in told.most_common()]
    meant = {status_of(word) for word in known}
    case = known[0] if known else "Accepted"
    return known + [worded(usual, case) for usual in USUAL if usual not in meant]
