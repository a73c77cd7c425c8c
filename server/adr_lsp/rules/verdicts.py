"""The invariants of a record on which the evidence says a certain thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adr_lsp.diagnostic import Related
from adr_lsp.evidence.model import Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.rule import Finding, quoted
from adr_lsp.rules.succession import is_retired
from adr_lsp.snapshot import Snapshot, Standing, standings

if TYPE_CHECKING:
    from adr_lsp.snapshot.test_standing import TestStanding

TEXT_LENGTH = 60
BROKEN = (Verdict.FAILED, Verdict.ERROR, Verdict.FLAKY, Verdict.KNOWN_VIOLATION)
Judged = tuple[Invariant, Standing]


def judged(record: Record, snapshot: Snapshot, *verdicts: Verdict) -> Iterator[Judged]:
    """Each declared invariant with one of the verdicts, and where it stands.

    One that was superseded, also alone, owes no evidence; a test of it that fails still fails.
    """
    for invariant, at in standings(snapshot, record):
        if invariant.id is None or at.verdict not in verdicts:
            continue
        if at.verdict in BROKEN or not is_retired(snapshot, record, invariant.id):
            yield invariant, at


def finding(judged: Judged, said: str, snapshot: Snapshot) -> Finding:
    """What a rule says of one invariant; related are the tests that decided it."""
    invariant, at = judged
    places = (_place(test, snapshot) for test in deciding(at))
    related = tuple(place for place in places if place)
    message = f"{quoted(invariant.id or '')} {said}"
    return Finding(invariant.id_range, message, invariant, related=related)


def deciding(at: Standing) -> list[TestStanding]:
    """The tests to which the verdict is due."""
    return [test for test in at.tests if test.verdict is at.verdict]


def first_test(at: Standing) -> str:
    """The name of the first test that decided, in backticks."""
    names = [test.name or test.path for test in deciding(at)]
    return quoted(names[0], TEXT_LENGTH) if names else "its test"


def because(at: Standing) -> str:
    """The reason of a verdict, as the end of a message."""
    return f": {at.reason}" if at.reason else ""


def _place(test: TestStanding, snapshot: Snapshot) -> Related | None:
    source = snapshot.sources.get(test.path)
    found = source.test(test.name) if source else None
    if found is None:
        return None
    return Related(test.path, found.name_range, f"{quoted(test.name, TEXT_LENGTH)} checks it")
