"""The invariants of a record on which the evidence says a certain thing."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Related
from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import Finding, quoted
from adr_lsp.snapshot import Snapshot, Standing, standing

TEXT_LENGTH = 60
Judged = tuple[Invariant, Standing]


def judged(record: Record, snapshot: Snapshot, *verdicts: Verdict) -> Iterator[Judged]:
    """Each declared invariant with one of the verdicts, and where it stands."""
    for invariant in record.invariants:
        if invariant.id is not None:
            at = standing(snapshot, record, invariant)
            if at.verdict in verdicts:
                yield invariant, at


def finding(judged: Judged, said: str, snapshot: Snapshot, *outcomes: Outcome) -> Finding:
    """What a rule says of one invariant; related are the tests that ended in such an outcome."""
    invariant, at = judged
    places = (_place(test.id, snapshot) for test in at.tests if test.outcome in outcomes)
    related = tuple(place for place in places if place)
    message = f"{quoted(invariant.id or '')} {said}"
    return Finding(invariant.id_range, message, invariant, related=related)


def first_test(at: Standing, *outcomes: Outcome) -> str:
    """The name of the first test that ended so, in backticks."""
    names = [test.id.partition("::")[2] or test.id for test in at.tests if test.outcome in outcomes]
    return quoted(names[0], TEXT_LENGTH) if names else "its test"


def because(at: Standing) -> str:
    """The reason of a verdict, as the end of a message."""
    return f": {at.reason}" if at.reason else ""


def _place(test: str, snapshot: Snapshot) -> Related | None:
    path, _, name = test.partition("::")
    source = snapshot.sources.get(path)
    found = source.test(name) if source else None
    if found is None:
        return None
    return Related(path, found.name_range, f"{quoted(name, TEXT_LENGTH)} checks it")
