"""Link a test that exists to an invariant that none verifies yet, from either side."""

from __future__ import annotations

from collections.abc import Iterator

from adr_lsp.features.actions.action import Action, Asked
from adr_lsp.features.actions.sub_item import sub_item
from adr_lsp.features.authoring.link import link
from adr_lsp.features.link_ranking import ranked_invariants, ranked_tests, test_files
from adr_lsp.record import Invariant, Record
from adr_lsp.snapshot import tests_of
from adr_lsp.text import Edit

MOST_INVARIANTS = 12
MOST_TESTS = 3
MOST_FILES = 200  # more are ranked by `adr-lsp link` alone


def actions(asked: Asked) -> Iterator[Action]:
    """At a test: the invariants that no test verifies; at such an invariant: the likest tests."""
    if asked.path in asked.snapshot.log.records:
        yield from _at_invariant(asked, asked.snapshot.log.records[asked.path])
    elif asked.path in asked.snapshot.sources:
        yield from _at_test(asked)


def _at_test(asked: Asked) -> Iterator[Action]:
    for test in asked.snapshot.sources[asked.path].tests:
        if test.name_range.overlaps(asked.range):
            ranked = ranked_invariants(asked.snapshot, asked.path, test)
            for record, invariant, _ in ranked[:MOST_INVARIANTS]:
                edit = link_edit(record, invariant, asked.path, test.name)
                key = asked.snapshot.log.invariant_key(invariant)
                if edit:
                    title = f"Link {test.name} to {key}: {invariant.statement[:40]}"
                    yield Action(title, "refactor", (edit,))


def _at_invariant(asked: Asked, record: Record) -> Iterator[Action]:
    for invariant in record.invariants:
        here = invariant.id and invariant.range.overlaps(asked.range)
        if not here or tests_of(asked.snapshot, record, invariant):
            continue
        if len(test_files(asked.snapshot)) > MOST_FILES:
            return
        mended = tuple(f for f in asked.of("ADL301") if f.range.overlaps(invariant.range))
        for match in ranked_tests(asked.snapshot, record, invariant)[:MOST_TESTS]:
            edit = link_edit(record, invariant, match.path, match.test.name)
            if edit:
                title = f"Link to existing test {match.test.name} in {match.path}"
                yield Action(title, "quickfix" if mended else "refactor", (edit,), mended)


def link_edit(record: Record, invariant: Invariant, path: str, name: str) -> Edit | None:
    """Adds `Verified by` below an invariant; None where it has no place for it (a table's row)."""
    return sub_item(record, invariant, f"Verified by: {link(f'`{name}`', record.path, path)}")
