"""What the evidence says of one invariant, over a root that changes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adr_lsp.evidence.model import Outcome, Verdict
from adr_lsp.snapshot import standing
from evidence.writing import TEST, cases, example, result
from snapshot.made import Root, invariant_of, stands

RECORD = "docs/adr/0001-merge.md"
TESTS = "tests/test_merge.py"
ADR = """# 1. Merge

## Status

Accepted

## Invariants

- **INV-1**: The cart holds at most ten items.
"""
TEST_CODE = """from ledger.merge import merge


# Verifies: ADR-0001/INV-1
def test_merge():
    assert merge(1, 2) == merge(2, 1)
"""
CODE = """LIMIT = 10


def merge(a, b):
    return min(a + b, LIMIT)


def other():
    return 1
"""


def root(adr: str = ADR, tests: str = TEST_CODE) -> Root:
    made = Root()
    made.write(RECORD, adr)
    made.write(TESTS, tests)
    made.write("ledger/__init__.py", "")
    made.write("ledger/merge.py", CODE)
    return made


def ran(*lines: dict[str, object], adr: str = ADR, tests: str = TEST_CODE) -> Root:
    made = root(adr, tests)
    made.ran(*(lines or (result(),)))
    return made


def check(made: Root, expected: str) -> None:
    """The verdict and its reason: `stale: merge() changed`."""
    found = stands(made)
    assert f"{found.verdict}: {found.reason}" == expected


# Verdicts


def test_passed_says_how_much() -> None:
    check(ran(), "passed: 1 test")
    check(ran(result(cases=cases(100))), "passed: 100 cases")
    check(ran(result(cases=cases(2, exhausted=True))), "passed: all 2 cases")


def test_failed_shows_the_counterexample() -> None:
    check(ran(result("failed", counterexample=example(n="0", b="1"))), "failed: n=0, b=1")
    check(ran(result("failed", message="assert 1 == 2")), "failed: test_merge: assert 1 == 2")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "ValueError: negative\nFailing test case: test_merge(\n    n=-1,\n)",
            ": ValueError: negative",
        ),
        ("ledger.errors.LedgerError", ": ledger.errors.LedgerError"),
        ("AssertionError: assert 1 == 2", ""),
        ("assert 1 == 2", ""),
        ("Error: Property failed after 1 tests", ""),
    ],
)
def test_an_exception_is_named_beside_the_example(message: str, expected: str) -> None:
    """That a value breaks the promise, and that it made the code raise, are two things."""
    failed = result("failed", message=message, counterexample=example(n="-1"))
    check(ran(failed), f"failed: n=-1{expected}")


def test_error_says_of_what_kind() -> None:
    check(ran(result("error", error="deadline", message="took 1 s")), "error: deadline: took 1 s")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("xfailed", "known-violation: test_merge is expected to fail: #12"),
        ("xpassed", "known-violation: test_merge is expected to fail, but passed"),
        ("skipped", "skipped: test_merge was skipped: #12"),
    ],
)
def test_what_was_marked(outcome: str, expected: str) -> None:
    check(ran(result(outcome, message="#12")), expected)


def test_not_run() -> None:
    check(root(), "not-run: no run was read")
    check(ran(result(test="tests/test_b.py::test_b")), "not-run: test_merge has not run")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (cases(0, 1000), "vacuous: test_merge: every case was discarded"),
        (cases(0), "vacuous: test_merge: no case ran"),
        (cases(1), "vacuous: test_merge: 1 case, fewer than 10"),
        (cases(9), "vacuous: test_merge: 9 cases, fewer than 10"),
        (cases(10), "passed: 10 cases"),
        (cases(1, exhausted=True), "passed: the only case"),
    ],
)
def test_few_cases_are_vacuous(found: dict[str, object], expected: str) -> None:
    check(ran(result(cases=found)), expected)


def test_how_many_cases_are_few_is_configured() -> None:
    made = ran(result(cases=cases(10)))
    made.min_cases = 11
    check(made, "vacuous: test_merge: 10 cases, fewer than 11")


def test_a_test_without_an_assertion_is_vacuous() -> None:
    made = ran(tests=TEST_CODE.replace("assert merge(1, 2) == merge(2, 1)", "merge(1, 2)"))
    assert stands(made).verdict is Verdict.VACUOUS


def test_a_scaffold_counts_as_one_whatever_a_report_says() -> None:
    scaffold = TEST_CODE.replace("    assert", "    # adr-lsp: scaffold\n    assert")
    for outcome in ("passed", "failed", "skipped"):
        check(ran(result(outcome), tests=scaffold), "scaffolded: test_merge is still a scaffold")


def test_flaky_keeps_the_counterexample() -> None:
    made = ran(result("failed", counterexample=example(n="0")))
    made.ran(result())
    check(made, "flaky: test_merge failed and passed on the same code: n=0")
    made.replace("ledger/merge.py", "min(a + b, LIMIT)", "min(b + a, LIMIT)")
    made.ran(result())
    check(made, "passed: 1 test")


def test_rewording_the_statement_ends_no_flakiness() -> None:
    made = ran(result("failed"))
    made.replace(RECORD, "at most ten", "at most 10")
    made.ran(result())
    assert stands(made).verdict is Verdict.FLAKY


# Without a test

UNNAMED = TEST_CODE.replace("# Verifies: ADR-0001/INV-1\n", "")


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("", "unverified: no test names it"),
        ("  - Waived until 2026-03-02: no sandbox\n", "waived: until 2026-03-02: no sandbox"),
        (
            "  - Waived until 2026-03-01: no sandbox\n",
            "unverified: no test names it, and its waiver ended on 2026-03-01",
        ),
        ("  - By construction: a set\n", "argued: by construction: a set"),
        (
            "  - Verified by: `tests/test_x.py::test_x`\n",
            "unverified: tests/test_x.py::test_x is not there",
        ),
    ],
)
def test_without_a_test(extra: str, expected: str) -> None:
    check(root(ADR + extra, UNNAMED), expected)


def test_a_waiver_holds_to_the_end_of_its_day() -> None:
    made = root(ADR + "  - Waived until 2026-03-02: no sandbox\n", UNNAMED)
    made.now = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    assert stands(made).verdict is Verdict.WAIVED
    made.now = datetime(2026, 3, 3, tzinfo=UTC)
    assert stands(made).verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize("outcome", ["failed", "error", "skipped"])
@pytest.mark.parametrize("excuse", ["Waived until 2027-01-01: later", "By construction: a set"])
def test_no_excuse_hides_what_a_test_says(outcome: str, excuse: str) -> None:
    assert stands(ran(result(outcome), adr=f"{ADR}  - {excuse}\n")).verdict == outcome


# Several tests, several parameters

TWO = TEST_CODE + "\n\n# Verifies: ADR-0001/INV-1\ndef test_two():\n    assert merge(1, 1) == 2\n"


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("passed", "failed", "failed"),
        ("error", "failed", "failed"),
        ("passed", "skipped", "skipped"),
        ("xfailed", "skipped", "known-violation"),
        ("passed", "passed", "passed"),
    ],
)
def test_the_worst_test_decides(first: str, second: str, verdict: str) -> None:
    made = ran(result(first), result(second, test=f"{TESTS}::test_two"), tests=TWO)
    assert stands(made).verdict == verdict


def test_cases_are_summed() -> None:
    other = result(test=f"{TESTS}::test_two", cases=cases(50))
    found = stands(ran(result(cases=cases(100)), other, tests=TWO))
    assert (found.cases, found.reason) == (150, "2 tests, 150 cases")


def parametrised(*outcomes: str) -> Root:
    names = [f"[{number}]" for number in range(len(outcomes))]
    collected = {"type": "collected", "parameters": {TEST: names}, "narrowed": []}
    lines = [result(o, parameter=n) for o, n in zip(outcomes, names, strict=True) if o != "not-run"]
    return ran(collected, *lines)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("passed", "passed"), "passed: 1 test"),
        (("passed", "skipped", "passed"), "passed: 2 of 3 parameters"),
        (("passed", "not-run"), "passed: 1 of 2 parameters"),
        (("skipped", "skipped"), "skipped: test_merge[0] was skipped"),
        (("skipped", "not-run"), "skipped: test_merge[0] was skipped"),
        (("passed", "failed", "passed"), "failed: test_merge[1]"),
        (("passed", "xfailed"), "known-violation: test_merge[1] is expected to fail"),
    ],
)
def test_one_parameter_of_many(outcomes: tuple[str, ...], expected: str) -> None:
    check(parametrised(*outcomes), expected)


# Staleness


def test_a_comment_changes_nothing() -> None:
    made = ran()
    made.replace("ledger/merge.py", "    return min", "    # the cap\n    return min")
    made.replace(TESTS, "    assert", "    # both ways\n    assert")
    made.replace(RECORD, "Accepted", "Accepted, after a long talk")
    check(made, "passed: 1 test")


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("ledger/merge.py", "a + b", "a - b", "merge() changed"),
        ("ledger/merge.py", "LIMIT = 10", "LIMIT = 11", "LIMIT changed"),
        (TESTS, "merge(1, 2)", "merge(1, 3)", "test_merge() changed"),
        (RECORD, "at most ten", "exactly ten", 'statement reworded: "at most" → "exactly"'),
    ],
)
def test_stale_says_what_changed(path: str, old: str, new: str, expected: str) -> None:
    made = ran()
    made.replace(path, old, new)
    check(made, f"stale: {expected}")
    made.replace(path, new, old)
    check(made, "passed: 1 test")


def test_a_stale_failure_is_still_failed() -> None:
    made = ran(result("failed", counterexample=example(n="0")))
    made.replace("ledger/merge.py", "a + b", "a - b")
    check(made, "failed: n=0")
    assert stands(made).changes == ("merge() changed",)


def test_another_statement_of_the_record_is_none_of_ours() -> None:
    made = ran(adr=ADR + "- **INV-2**: Another.\n")
    made.replace(RECORD, "Another.", "A third.")
    check(made, "passed: 1 test")


def test_an_invariant_newer_than_the_run() -> None:
    made = root(adr=ADR.replace("- **INV-1**: The cart holds at most ten items.\n", ""))
    made.ran(result())
    made.write(RECORD, ADR)
    check(made, "stale: the invariant is newer than the run")


def test_a_record_newer_than_the_run() -> None:
    made = root()
    adr = made.files.pop(RECORD)
    made.ran(result())
    made.files[RECORD] = adr
    check(made, "stale: the invariant is newer than the run")


def test_a_link_may_be_newer_than_the_run() -> None:
    made = ran(tests=UNNAMED)
    made.write(TESTS, TEST_CODE)
    check(made, "passed: 1 test")


def test_renumbering_keeps_the_evidence() -> None:
    made = ran()
    made.replace(RECORD, "INV-1", "INV-7")
    made.replace(TESTS, "INV-1", "INV-7")
    assert stands(made, "ADR-0001/INV-7").verdict is Verdict.PASSED


def test_a_record_that_moved_keeps_its_evidence() -> None:
    made = ran()
    made.files["docs/adr/0001-merge-of-carts.md"] = made.files.pop(RECORD)
    check(made, "passed: 1 test")


def test_an_id_given_to_another_statement_is_a_rewording() -> None:
    made = ran(adr=ADR + "- **INV-2**: Another.\n")
    made.write(RECORD, ADR.replace("INV-1", "INV-2") + "- **INV-1**: Another.\n")
    assert stands(made).verdict is Verdict.STALE


def test_a_test_that_moved_keeps_its_result() -> None:
    made = ran(result("failed", counterexample=example(n="0")))
    made.files["tests/unit/test_merge.py"] = made.files.pop(TESTS)
    check(made, "failed: n=0")


def test_a_copy_of_a_test_has_not_run() -> None:
    made = ran()
    made.files["tests/unit/test_merge.py"] = made.files[TESTS]
    assert [test.outcome for test in stands(made).tests] == [Outcome.PASSED, Outcome.NOT_RUN]


def test_a_renamed_test_has_not_run() -> None:
    made = ran(result("failed"))
    made.replace(TESTS, "def test_merge", "def test_merging")
    check(made, "not-run: test_merging has not run")


def test_what_changed_while_the_run_went_on_is_stale() -> None:
    changed = {"type": "changed", "files": ["ledger/merge.py"]}
    check(ran(result(), changed), "stale: ledger/merge.py changed while the run went on")
    check(ran(result(), {**changed, "files": ["tests/test_other.py"]}), "passed: 1 test")
    check(
        ran(result(), {**changed, "files": [RECORD]}),
        "stale: the record changed while the run went on",
    )


def test_bytes_that_the_store_lost_prove_nothing() -> None:
    made = ran()
    made.replace("ledger/merge.py", "a + b", "a - b")
    made.objects.clear()
    check(made, "stale: ledger/merge.py as the run saw it is not in the store")


def test_a_run_that_kept_no_copy_of_the_test_proves_nothing() -> None:
    made = root()
    tests = made.files.pop(TESTS)
    made.ran(result())
    made.files[TESTS] = tests
    check(made, f"stale: the run kept no copy of {TESTS}")


# Coverage

COVERED = {
    "type": "coverage",
    "test": TEST,
    "parameter": None,
    "files": {"ledger/merge.py": [[5, 5]]},
}
MEASURED = {"type": "end", "exit": 0, "coverage": "measured"}


def measured() -> Root:
    made = root()
    made.ran(result(), COVERED, MEASURED, cut=True)
    return made


def test_a_body_that_did_not_run_may_change() -> None:
    made = measured()
    made.replace("ledger/merge.py", "return 1", "return 2")
    check(made, "passed: 1 test")
    made.replace("ledger/merge.py", "a + b", "b + a")
    check(made, "stale: merge() changed")


def test_without_coverage_every_body_counts() -> None:
    made = ran()
    made.replace("ledger/merge.py", "return 1", "return 2")
    check(made, "stale: other() changed")


def test_covered_lines_are_those_of_the_present_file() -> None:
    made = measured()
    assert stands(made).covered == {"ledger/merge.py": (5,)}
    made.write("ledger/merge.py", "# The cap.\n" + CODE)
    assert stands(made).covered == {"ledger/merge.py": (6,)}
    made.replace("ledger/merge.py", "a + b", "b + a")
    assert stands(made).covered == {}


def test_lines_of_a_file_that_changed_while_the_run_went_on_are_unknown() -> None:
    made = root()
    changed = {"type": "changed", "files": ["ledger/merge.py"]}
    made.ran(result(), COVERED, changed, MEASURED, cut=True)
    assert stands(made).covered == {}


def test_of_a_file_that_coverage_did_not_look_at_every_body_counts() -> None:
    made = root()
    made.write("ledger/rate.py", "def rate():\n    return 1\n")
    made.replace("ledger/merge.py", "LIMIT = 10", "from ledger import rate\n\nLIMIT = 10")
    looked = {"type": "measured", "files": ["ledger/merge.py"]}
    made.ran(result(), COVERED, looked, MEASURED, cut=True)
    made.replace("ledger/rate.py", "return 1", "return 2")
    check(made, "stale: rate() changed")


def test_unknown_coverage_is_empty() -> None:
    assert stands(ran()).covered == {}


# Runs


def test_switching_branches_and_back_shows_passed_again() -> None:
    made = ran()
    made.replace("ledger/merge.py", "a + b", "a - b")
    made.ran(result("failed"))
    assert stands(made).verdict is Verdict.FAILED
    made.replace("ledger/merge.py", "a - b", "a + b")
    check(made, "passed: 1 test")


def test_the_order_of_the_runs_does_not_matter() -> None:
    made = ran(result("failed"))
    made.replace("ledger/merge.py", "a + b", "b + a")
    made.ran(result())
    made.runs.reverse()
    check(made, "passed: 1 test")


def test_a_standing_is_worked_out_once() -> None:
    snapshot = ran().snapshot()
    record, invariant = invariant_of(snapshot)
    assert standing(snapshot, record, invariant) is standing(snapshot, record, invariant)


def test_shows_run_and_outcome_of_each_test() -> None:
    made = ran()
    (test,) = stands(made).tests
    assert (test.id, test.outcome, test.method) == (TEST, Outcome.PASSED, "example")
    assert test.run == "20260301T120000Z-0000000000000000"
    assert stands(made).run is made.runs[0]
