"""Status words that are misspelled (ADL503)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.fixes.fix import Fix, replacing
from adr_lsp.rules.place import within
from adr_lsp.snapshot import Snapshot

WORDS = (
    *("accepted", "approved", "proposed", "rejected", "deprecated", "superseded", "draft"),
    *("pending", "implemented", "withdrawn", "obsolete", "retired", "replaced", "declined"),
    *("abandoned", "cancelled"),
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5


def fixes(snapshot: Snapshot, findings: Iterable[Diagnostic]) -> Iterator[Fix]:
    """Only the first word says what the status is."""
    for finding in findings:
        record = snapshot.log.records[finding.path]
        word = _WORD.search(record.text.between(finding.range))
        meant = spelled(word.group()) if word else None
        if word and meant:
            place = within(record, finding.range, word.start(), word.end())
            yield replacing(finding, f"Spell it {meant}", place, meant, safe=True)


def spelled(word: str) -> str | None:
    """The one known word that a slip of the pen away is this one, in the same letter case."""
    close = [known for known in WORDS if _is_slip(word.lower(), known)]
    if len(word) < _SHORTEST or len(close) != 1:
        return None
    if word.isupper():
        return close[0].upper()
    return close[0].capitalize() if word[0].isupper() else close[0]


def _is_slip(word: str, known: str) -> bool:
    """One letter more, fewer or other inside, or two neighbours swapped.

    Another end makes another word: `supersedes` and `proposer` are spelled right.
    """
    if word[0] != known[0] or word[-1] != known[-1] or abs(len(word) - len(known)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), None)
    if same is None:
        return len(word) != len(known)
    rest, other = word[same:], known[same:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
