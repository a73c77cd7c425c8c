"""Which sentences of records read like a lasting, checkable property that nobody declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import exp, inf, log

from adr_lsp.features.candidates.section import section_kind
from adr_lsp.features.candidates.sentence import Sentence, as_written, sentences
from adr_lsp.features.candidates.signs import AGAINST, FOR, Sign
from adr_lsp.record import Record
from adr_lsp.scaffold.wording import suggest_pattern
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass

START = -1.4
SECTIONS = {"binding": 0.7, "decided": 0.5, "named": 0.3, "told": -1.2}
CODE, LEADING_CODE = 0.4, 0.3
CELL, UNENDED, SMALL, LABEL, SHORT, LONG = -0.5, -0.3, -0.4, -2.0, -1.0, -0.5
FEWEST_WORDS, SHORT_WORDS, LONG_WORDS, MOST_WORDS = 4, 6, 40, 90
FAIR, STRONG = 0.5, 0.75
_CLAUSE = re.compile(r"[a-z]\S* \S*[a-z]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` is from 0 to 1; `signs` are what speaks for the sentence, the weightiest first."""

    record: Record
    sentence: Sentence
    score: float
    signs: tuple[str, ...]

    @property
    def words(self) -> str:
        return as_written(self.record, self.sentence)

    @property
    def pattern(self) -> str | None:
        return suggest_pattern(self.sentence.plain)

    @property
    def degree(self) -> str:
        """The score in a word."""
        if self.score >= STRONG:
            return "strong"
        return "fair" if self.score >= FAIR else "weak"


def candidates(snapshot: Snapshot, paths: Iterable[str], least: float = FAIR) -> list[Candidate]:
    """Those of the records at `paths` that no other decision has retired, the best first."""
    records = (snapshot.log.records[path] for path in sorted(paths))
    found = [c for record in records if not record.status.retired for c in of_record(record, least)]
    return sorted(found, key=lambda c: (-c.score, c.record.path, c.sentence.range))


def of_record(record: Record, least: float = 0.0) -> Iterator[Candidate]:
    """The sentences that no invariant says, with their scores, in the order of the text."""
    declared = [invariant.range for invariant in record.invariants]
    seen = {_folded(invariant.statement) for invariant in record.invariants}
    for sentence in sentences(record):
        words = _folded(sentence.plain)
        if words in seen or any(sentence.range.overlaps(range) for range in declared):
            continue
        seen.add(words)
        rated = rate(sentence, least)
        if rated:
            yield Candidate(record, sentence, *rated)


def _folded(words: str) -> str:
    return words.rstrip(".").lower()


def rate(sentence: Sentence, least: float = 0.0) -> tuple[float, tuple[str, ...]] | None:
    """The score and what speaks for it; None where nothing is promised, or below `least`."""
    section = section_kind(sentence.headings)
    length = len(sentence.plain.split())
    if section not in SECTIONS or not FEWEST_WORDS <= length <= MOST_WORDS:
        return None
    words = sentence.plain.lower()
    speaking = sorted(_shown(FOR, words), key=lambda sign: -sign.weight)
    total = START + SECTIONS[section] + _form(sentence, length) + _weight(speaking)
    if total < _logit(least):  # what speaks against it can only lower that
        return None
    score = 1 / (1 + exp(-total - _weight(_shown(AGAINST, words))))
    return (score, tuple(sign.name for sign in speaking)) if score >= least else None


def _shown(signs: tuple[Sign, ...], words: str) -> Iterator[Sign]:
    return (sign for sign in signs if sign.pattern.search(words))


def _weight(signs: Iterable[Sign]) -> float:
    return sum(sign.weight for sign in signs)


def _logit(score: float) -> float:
    return log(score / (1 - score)) if 0 < score < 1 else (score - 0.5) * inf


def _form(sentence: Sentence, length: int) -> float:
    """What speaks for or against it without regard to its words."""
    plain = sentence.plain
    weighed = (
        (CODE, bool(sentence.code)),
        (LEADING_CODE, sentence.leads_with_code),
        (CELL, sentence.kind == "cell"),
        (UNENDED, not plain.rstrip("\"')”’*_]").endswith((".", "!", "?"))),
        (SMALL, plain[:1].islower() and not sentence.leads_with_code),
        (LABEL, not _CLAUSE.search(plain)),
        (SHORT, length < SHORT_WORDS),
        (LONG, length > LONG_WORDS),
    )
    return sum(weight for weight, holds in weighed if holds)
