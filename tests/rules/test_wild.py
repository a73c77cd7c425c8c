"""Repositories that never heard of adr-lsp: their records are read right, and hear little."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.corpus.accuracy import of_reading
from benchmarks.corpus.labels import FIELDS
from benchmarks.corpus.repository import ABSENT, names, repository, snapshot

from adr_lsp.diagnostic import Severity
from adr_lsp.features.diagnostics import diagnostics

REPOSITORIES = names()
pytestmark = pytest.mark.skipif(not REPOSITORIES, reason=ABSENT)


@pytest.mark.parametrize("name", REPOSITORIES)
def test_an_untouched_repository(name: str) -> None:
    here = snapshot(repository(name))
    found = diagnostics(here)
    assert [d for d in found if d.severity is Severity.ERROR] == []
    if not any(invariant.id for record in here.log for invariant in record.invariants):
        told = Counter(diagnostic.path for diagnostic in found)
        assert max(told.values(), default=1) == 1


def test_what_people_read_there_is_read() -> None:
    """At least 99 % of each field, as a mean over repositories."""
    accuracy = {one.name: one.mean for one in of_reading(map(repository, REPOSITORIES))}
    assert set(accuracy) == set(FIELDS)
    assert {name: mean for name, mean in accuracy.items() if mean < 0.99} == {}
