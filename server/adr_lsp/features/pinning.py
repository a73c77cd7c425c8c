"""What is done with the counterexamples of an invariant, so that every run tries them."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.evidence.model import Counterexample
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold import Refusal, example_of_failure, pin
from adr_lsp.scaffold.pinning import beside
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.text import Edit
from adr_lsp.value import dataclass

NO_VALUES = "the steps of a state machine are no values of its target; `adr-lsp show` tells them"


@dataclass(frozen=True, slots=True)
class Pin:
    """The edits for the counterexample of one test (`path::name`), or why there are none.

    `note` is what else there is to do.
    """

    test: str
    name: str
    counterexample: Counterexample
    edits: tuple[Edit, ...] | Refusal
    note: str = ""

    @property
    def reason(self) -> str:
        return self.edits.reason if isinstance(self.edits, Refusal) else ""


def pins_of(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Pin]:
    """One for each test of the invariant that failed with a counterexample."""
    for test in standing(snapshot, record, invariant).tests:
        if test.counterexample is not None:
            made = pin(snapshot, test.path, test.name, test.counterexample)
            note = beside(snapshot, test.path)
            yield Pin(test.id, test.name, test.counterexample, made, note)


def examples_for(snapshot: Snapshot, record: Record, invariant: Invariant) -> Iterator[Pin]:
    """An example test of the target for each of these counterexamples instead."""
    for test in standing(snapshot, record, invariant).tests:
        found = test.counterexample
        if found is not None:
            made = example_of_failure(snapshot, record, invariant, test.path, found)
            if test.method == "state-machine":
                made = Refusal(NO_VALUES)
            if isinstance(made, Refusal):
                yield Pin(test.id, test.name, found, made)
            else:
                note = "say what should come out, then delete its `adr-lsp: scaffold` line"
                yield Pin(f"{made.path}::{made.name}", made.name, found, made.edits, note)
