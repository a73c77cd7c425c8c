"""Pin a counterexample, so that every run of the test that found it tries it."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.pinning import examples_for, pins_of
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold import Refusal
from adr_lsp.snapshot import invariants_of


def actions(asked: Asked) -> Iterator[Action]:
    """At the invariant, and at the test."""
    for record, invariant in _here(asked):
        for found in pins_of(asked.snapshot, record, invariant):
            if not isinstance(found.edits, Refusal):
                findings = asked.of("ADL401", "ADL403")
                title = f"Pin the counterexample in {found.name}"
                yield Action(title, "quickfix", found.edits, findings)
        for found in examples_for(asked.snapshot, record, invariant):
            if not isinstance(found.edits, Refusal):
                path = found.test.partition("::")[0]
                title = f"Write the counterexample as an example test in {path}"
                yield Action(title, "refactor", found.edits)


def _here(asked: Asked) -> list[tuple[Record, Invariant]]:
    record = asked.snapshot.log.records.get(asked.path)
    if record:
        return [(record, i) for i in record.invariants if i.range.overlaps(asked.range)]
    source = asked.snapshot.sources.get(asked.path)
    tests = [t for t in source.tests if t.range.overlaps(asked.range)] if source else []
    return [
        found for test in tests for found in invariants_of(asked.snapshot, asked.path, test.name)
    ]
