"""Scaffold a test for an invariant that has none, or none of the method that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.diagnostic import Diagnostic
from adr_lsp.features.actions.action import Action, Asked, Later
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.record import Invariant, Record
from adr_lsp.scaffold import Scaffold, scaffold
from adr_lsp.scaffold.language import SUFFIXES
from adr_lsp.scaffold.suited import suited_method, unsuited
from adr_lsp.scaffold.wording import suggest_pattern
from adr_lsp.snapshot import Snapshot, tests_of
from adr_lsp.snapshot.needs import need_of, suits
from adr_lsp.text import Change

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
            offered = _named if asked.defers else _offered
            yield from offered(asked.snapshot, record, invariant, mended)


def _named(
    snapshot: Snapshot, record: Record, invariant: Invariant, mended: tuple[Diagnostic, ...]
) -> Iterator[Action]:
    """The same by their names alone; whether code can be written shows when one is chosen."""
    key = snapshot.log.invariant_key(invariant)
    pattern = invariant.pattern or suggest_pattern(invariant.statement)
    preferred = bool(mended)
    for method in _missing(snapshot, record, invariant) if key else ():
        if method == "static":
            yield from _made(snapshot, record, invariant, mended, method, preferred)
        elif key and method in CALLED and not unsuited(pattern, method):
            title = f"Scaffold {CALLED[method]} for {invariant.id}"
            kind, later = "quickfix" if mended else "refactor", Later(key, method)
            yield Action(title, kind, (), mended, preferred, later)
            preferred = False


def chosen(snapshot: Snapshot, path: str, *, key: str, method: str) -> Change | Refusal:
    """The edits of a scaffold that was named before."""
    name, _, id = key.rpartition("/")
    found = snapshot.log.resolve(name, id, path)
    if found.record is None or found.invariant is None:
        return Refusal(f"there is no {key} any more")
    language = _language(snapshot, found.record, found.invariant)
    made = scaffold(snapshot, found.record, found.invariant, method, language)
    return Change(made.edits) if isinstance(made, Scaffold) else Refusal(made.reason)


def _offered(
    snapshot: Snapshot, record: Record, invariant: Invariant, mended: tuple[Diagnostic, ...]
) -> Iterator[Action]:
    """One for each method that is missing and that there are scaffolds of, the first preferred."""
    preferred = bool(mended)
    for method in _missing(snapshot, record, invariant):
        for action in _made(snapshot, record, invariant, mended, method, preferred):
            yield action
            preferred = False


def _made(
    snapshot: Snapshot,
    record: Record,
    invariant: Invariant,
    mended: tuple[Diagnostic, ...],
    method: str,
    preferred: bool,
) -> Iterator[Action]:
    made = scaffold(snapshot, record, invariant, method, _language(snapshot, record, invariant))
    if isinstance(made, Scaffold):
        what = CALLED.get(method, f"a test by {method}")
        title = f"Scaffold {what} for {invariant.id} in {made.path}"
        kind = "quickfix" if mended else "refactor"
        yield Action(title, kind, made.edits, mended, preferred)


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
