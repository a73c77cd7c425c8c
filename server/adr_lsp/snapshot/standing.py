"""What the evidence says of one invariant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from adr_lsp.evidence.model import Counterexample, Run, Verdict
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot.model import Snapshot
from adr_lsp.snapshot.reason import without_tests
from adr_lsp.snapshot.tests import may_have_tests, tests_of
from adr_lsp.value import dataclass

if TYPE_CHECKING:
    from adr_lsp.snapshot.test_standing import TestStanding


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on an invariant with what it rests on.

    `cases` is the sum over its tests, None where none generates any. `run` is that of the result
    which decided, `changes` all that differs from what this run saw. `covered` are lines of the
    present files.
    """

    verdict: Verdict
    reason: str
    cases: int | None = None
    counterexample: Counterexample | None = None
    tests: tuple[TestStanding, ...] = ()
    covered: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    run: Run | None = None
    changes: tuple[str, ...] = ()


def standing(snapshot: Snapshot, record: Record, invariant: Invariant) -> Standing:
    """Where an invariant stands: the worst that any of its tests says."""
    if not may_have_tests(snapshot, record, invariant):
        return Standing(*without_tests(snapshot, record, invariant))
    key = ("standing", record.path, invariant.range)
    if key not in snapshot.memo:
        snapshot.memo[key] = _standing(snapshot, record, invariant)
    found: Standing = snapshot.memo[key]
    return found


def standings(snapshot: Snapshot, record: Record) -> tuple[tuple[Invariant, Standing], ...]:
    """Every invariant of a record with where it stands, joined once for all who ask."""
    key = ("standings", record.path)
    if key not in snapshot.memo:
        snapshot.memo[key] = tuple((i, standing(snapshot, record, i)) for i in record.invariants)
    found: tuple[tuple[Invariant, Standing], ...] = snapshot.memo[key]
    return found


def _standing(snapshot: Snapshot, record: Record, invariant: Invariant) -> Standing:
    linked = tests_of(snapshot, record, invariant)
    if not linked:
        verdict, reason = without_tests(snapshot, record, invariant)
        return Standing(verdict, reason)
    from adr_lsp.snapshot.tested import standing_of_tests  # all that reads runs: many modules

    return standing_of_tests(snapshot, record, invariant, linked)
