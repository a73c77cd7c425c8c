"""What can be done with each invariant: run its tests, scaffold one, show the evidence."""

from __future__ import annotations

from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import Snapshot, invariants_of, tests_of
from adr_lsp.sources.model import Source
from adr_lsp.text import Range
from adr_lsp.value import dataclass

RUN, SCAFFOLD, SHOW = "adr-lsp.run", "adr-lsp.scaffold", "adr-lsp.showEvidence"


@dataclass(frozen=True, slots=True)
class CodeLens:
    """`command` is one of the server's; its arguments are the canonical keys of invariants."""

    range: Range
    title: str
    command: str
    keys: tuple[str, ...]


def code_lenses(snapshot: Snapshot, path: str) -> list[CodeLens]:
    record = snapshot.log.records.get(path)
    if record:
        return [
            lens for invariant in record.invariants for lens in _of(snapshot, record, invariant)
        ]
    source = snapshot.sources.get(path)
    return _of_tests(snapshot, source) if source else []


def _of(snapshot: Snapshot, record: Record, invariant: Invariant) -> list[CodeLens]:
    key = snapshot.log.invariant_key(invariant)
    if key is None:
        return []
    tests = tests_of(snapshot, record, invariant)
    first = ("Run", RUN) if tests else ("Scaffold property test", SCAFFOLD)
    titles = [first, ("Show evidence", SHOW)] if tests else [first]
    return [CodeLens(invariant.id_range, title, name, (key,)) for title, name in titles]


def _of_tests(snapshot: Snapshot, source: Source) -> list[CodeLens]:
    lenses = []
    for test in source.tests:
        keys = [
            snapshot.log.invariant_key(invariant)
            for _, invariant in invariants_of(snapshot, source.path, test.name)
        ]
        known = tuple(key for key in keys if key)
        if known:
            shown = ", ".join(known)
            lenses.append(CodeLens(test.name_range, f"Verifies {shown}", SHOW, known))
    return lenses
