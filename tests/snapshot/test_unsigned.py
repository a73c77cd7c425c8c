"""Results of runs that kept no content: a pass is unsigned, all else is what it is."""

from __future__ import annotations

import pytest

from adr_lsp.evidence.model import Verdict
from evidence.writing import TEST, cases, result, run
from snapshot.made import Root, stands

RECORD = "docs/adr/0001-merge.md"
ADR = "# 1. Merge\n\n## Invariants\n\n- **INV-1**: A merge loses nothing.\n"
CODE = "# Verifies: ADR-0001/INV-1\ndef test_merge():\n    assert merge(1) == 1\n"


def reported(*lines: dict[str, object], code: str = CODE, minute: int = 0) -> Root:
    made = Root()
    made.write(RECORD, ADR)
    made.write("tests/test_merge.py", code)
    made.runs.append(run(*lines, minute=minute))
    return made


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        ("passed", Verdict.UNSIGNED),
        ("failed", Verdict.FAILED),
        ("error", Verdict.ERROR),
        ("flaky", Verdict.FLAKY),
        ("skipped", Verdict.SKIPPED),
        ("xfailed", Verdict.KNOWN_VIOLATION),
        ("xpassed", Verdict.KNOWN_VIOLATION),
    ],
)
def test_each_outcome(outcome: str, verdict: Verdict) -> None:
    assert stands(reported(result(outcome))).verdict is verdict


def test_it_says_why() -> None:
    found = stands(reported(result()))
    assert found.reason == "test_merge passed in a run that kept no content"


def test_never_above_what_the_source_says() -> None:
    scaffold = CODE.replace("    assert", "    # adr-lsp: scaffold\n    assert")
    assert stands(reported(result(), code=scaffold)).verdict is Verdict.SCAFFOLDED
    empty = CODE.replace("assert merge(1) == 1", "merge(1)")
    assert stands(reported(result(), code=empty)).verdict is Verdict.VACUOUS
    few = result(cases=cases(3))
    assert stands(reported(few)).verdict is Verdict.VACUOUS


def test_the_worst_of_the_latest_counts() -> None:
    made = reported(result("failed"))
    made.runs.append(run(result(), minute=1))
    assert stands(made).verdict is Verdict.UNSIGNED
    made.runs.append(run(result("failed"), minute=2, python="3.12.1"))
    assert stands(made).verdict is Verdict.FAILED


def test_a_later_run_that_kept_content_decides_alone() -> None:
    made = reported(result("failed"), minute=5)
    made.ran(result(), minute=4)
    assert stands(made).verdict is Verdict.FAILED
    made.ran(result(), minute=6)
    assert stands(made).verdict is Verdict.PASSED
    made.write("tests/test_merge.py", CODE.replace("== 1", "== 2"))
    assert stands(made).verdict is Verdict.STALE


def test_one_parameter_that_passed_is_enough() -> None:
    lines = [
        {**result("passed", TEST), "parameter": "[a]"},
        {**result("skipped", TEST), "parameter": "[b]"},
    ]
    assert stands(reported(*lines)).verdict is Verdict.UNSIGNED


def test_a_cut_run_without_content_counts_for_its_failures_alone() -> None:
    made = reported()
    made.runs[:] = [run(result(), cut=True)]
    assert stands(made).verdict is Verdict.NOT_RUN
    made.runs[:] = [run(result("failed"), cut=True)]
    assert stands(made).verdict is Verdict.FAILED
