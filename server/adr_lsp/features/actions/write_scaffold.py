"""Scaffold a test for an invariant that has none, or none of the method that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold import Scaffold, scaffold
from adr_lsp.scaffold.language import SUFFIXES
from adr_lsp.scaffold.suited import suited_method
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.needs import need_of, suits

CODES = ("ADL301", "ADL302")
CALLED = {
    "example": "an example test",
    "property": "a property test",
    "state-machine": "a state machine",
    "static": "a rule on structure",
}


def actions(asked: Asked) -> Iterator[Action]:
    record = asked.snapshot.log.records.get(asked.path)
    for invariant in record.invariants if record else ():
        mended = tuple(f for f in asked.of(*CODES) if f.range.overlaps(invariant.range))
        here = invariant.id and invariant.range.overlaps(asked.range)
        if record and here:
            yield from _offered(asked.snapshot, record, invariant, mended)


def _offered(
    snapshot: Snapshot, record: Record, invariant: Invariant, mended: tuple[Diagnostic, ...]
) -> Iterator[Action]:
    """One for each method that is missing and that there are scaffolds of, the first preferred."""
    language = _language(snapshot, record, invariant)
    preferred = bool(mended)
    for method in _missing(snapshot, record, invariant):
        made = scaffold(snapshot, record, invariant, method, language)
        if isinstance(made, Scaffold):
            what = CALLED.get(method, f"a test by {method}")
            title = f"Scaffold {what} for {invariant.id} in {made.path}"
            kind = "quickfix" if mended else "refactor"
            yield Action(title, kind, made.edits, mended, preferred=preferred)
            preferred = False


def _missing(snapshot: Snapshot, record: Record, invariant: Invariant) -> tuple[str, ...]:
    """The methods of which one is needed, where no test is by any; the one that suits the pattern
    where nothing is needed and no test is there."""
    tests = tests_of(snapshot, record, invariant)
    need = need_of(snapshot.config, record, invariant)
    if need is None:
        return () if tests else (suited_method(invariant.pattern),)
    has = any(suits(snapshot.config, need, test.method, test.path) for test in tests)
    return () if has else need.methods


def _language(snapshot: Snapshot, record: Record, invariant: Invariant) -> str | None:
    """That of the tests that it has, where no target tells another."""
    if invariant.targets:
        return None
    suffixes = (f".{t.path.rpartition('.')[2]}" for t in tests_of(snapshot, record, invariant))
    return next((SUFFIXES[suffix] for suffix in suffixes if suffix in SUFFIXES), None)
