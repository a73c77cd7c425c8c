"""Chooses invariants and records by what is known of them."""

from __future__ import annotations

from collections.abc import Iterable

from adr_lsp.features.report import Judged, judge
from adr_lsp.record import Record
from adr_lsp.snapshot import Snapshot
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """An empty field asks for nothing. Values of one field are alternatives; fields must all fit.

    `methods` are those of linked tests (`none`: no test); `words` must all stand in the key, the
    title or the statement, in any case, or be the record's path.
    """

    verdicts: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def fits(self, judged: Judged) -> bool:
        standing, said = judged.standing, judged.invariant
        methods = {test.method for test in standing.tests} or {"none"}
        return (
            _among(standing.verdict.value, self.verdicts)
            and _among(judged.record.status.value, self.statuses)
            and (not self.methods or bool(methods & self.methods))
            and _among(said.pattern or "none", self.patterns)
            and self._says(judged.record, judged.record_key, said.id or "", said.statement)
        )

    def _says(self, record: Record, *texts: str) -> bool:
        whole = " ".join((*texts, record.title)).lower()
        return all(word.lower() in whole or word == record.path for word in self.words)

    @property
    def about_invariants(self) -> bool:
        return bool(self.verdicts or self.methods or self.patterns)

    def fits_record(self, record: Record, key: str, judged: Iterable[Judged]) -> bool:
        """A record fits by its own words and status; by an invariant where one is asked about."""
        if self.about_invariants or (self.words and not self._says(record, key)):
            return any(self.fits(each) for each in judged)
        return _among(record.status.value, self.statuses)


def invariants(snapshot: Snapshot, query: Query) -> list[Judged]:
    """Every invariant that fits, by record and place."""
    return [j for record in snapshot.log for j in judge(snapshot, record) if query.fits(j)]


def records(snapshot: Snapshot, query: Query) -> list[tuple[Record, list[Judged]]]:
    """Every record that fits, with all of its invariants, by path."""
    found = []
    for record in snapshot.log:
        judged = judge(snapshot, record)
        if query.fits_record(record, snapshot.log.key(record), judged):
            found.append((record, judged))
    return found


def _among(value: str, wanted: frozenset[str]) -> bool:
    return not wanted or value in wanted
