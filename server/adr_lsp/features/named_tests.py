"""The tests that a name means, with the invariants that they verify."""

from __future__ import annotations

from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import LinkedTest, Snapshot, tests_of
from adr_lsp.snapshot.tests import may_have_tests
from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class NamedTest:
    """A test, and one invariant that it verifies."""

    record: Record
    invariant: Invariant
    test: LinkedTest


def tests_named(snapshot: Snapshot, name: str) -> tuple[NamedTest, ...]:
    """What `path::name` means: that test, or all in a class or a group of that name; a path alone
    means all of its file. Only tests that verify an invariant count.
    """
    return tuple(
        NamedTest(record, invariant, test)
        for record in snapshot.log
        for invariant in record.invariants
        if may_have_tests(snapshot, record, invariant)
        for test in tests_of(snapshot, record, invariant)
        if test.id == name or test.id.startswith(f"{name}::")
    )


tests_named.__test__ = False  # type: ignore[attr-defined]  # pytest collects no function of this name
