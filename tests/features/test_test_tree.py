"""What the view of tests shows of each outcome."""

import pytest

from adr_lsp.features.test_tree import TreeTest, covered_by_test
from adr_lsp.features.test_tree import test_tree as tree_of
from features.asked import start

RECORD = """
````adr
# 1. Merge

## Status

{status}

## Invariants

- **INV-1**$0: Merging gives the same in either order.
- A promise without an id.
````
"""

TEST = """
````python tests/test_merge.py
# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)
````
"""


def shown(run: str = "", status: str = "Accepted", test: str = TEST) -> TreeTest:
    ran = f"\n````run\ntests/test_merge.py::test_merge: {run}\n````\n" if run else ""
    snapshot, *_ = start(RECORD.format(status=status) + test + ran)
    ((invariant,),) = [record.invariants for record in tree_of(snapshot)]
    (found,) = invariant.tests
    return found


@pytest.mark.parametrize(
    ("run", "state"),
    [
        ("", None),
        ("passed", "passed"),
        ("failed, a=0", "failed"),
        ("error", "errored"),
        ("flaky", "failed"),
        ("skipped", "skipped"),
        ("xfailed", "skipped"),
    ],
)
def test_each_outcome_has_its_state(run: str, state: str | None) -> None:
    found = shown(run)
    assert found.state == state
    assert bool(found.failures) == (state in ("failed", "errored"))


def test_a_pass_that_shows_nothing_is_no_pass() -> None:
    found = shown("passed", test=TEST.replace("assert merge(1, 2) == merge(2, 1)", "merge(1, 2)"))
    assert found.state == "skipped"
    assert found.description.startswith("vacuous: ")


def test_a_failure_is_told_at_the_invariant_and_at_the_test() -> None:
    at_invariant, at_test = shown("failed, a=0").failures
    assert (at_invariant[1].path.endswith(".md"), at_invariant[1].line) == (True, 8)
    assert (at_test[1].path, at_test[1].line) == ("tests/test_merge.py", 1)
    assert "a=0" in at_invariant[0]
    assert "a=0" in at_test[0]


def test_a_record_that_no_longer_holds_is_not_shown() -> None:
    snapshot, *_ = start(RECORD.format(status="Deprecated") + TEST)
    assert tree_of(snapshot) == []


def test_each_test_of_an_invariant_has_its_lines() -> None:
    snapshot, *_ = start(RECORD.format(status="Accepted") + TEST)
    (record,) = snapshot.log
    assert covered_by_test(snapshot, record, record.invariants[0]) == {
        "tests/test_merge.py::test_merge": {}
    }


def test_what_never_ran_to_its_end_breaks_no_promise() -> None:
    told = shown("error").failures[0][0]
    assert "does not hold" not in told
    assert "breaks" not in told
    assert told.startswith("error in a test of ADR-0001/INV-1")
