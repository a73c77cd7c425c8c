"""One invariant from its first failing run on, through everything that may change around it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from adr_lsp.evidence.model import Verdict
from evidence.project import Project
from recorders.test_interpreters import NEW, environment

ADR = """# 1. Fees

## Status

Accepted

## Invariants

- **INV-1**: A fee is at most one tenth of the amount.
"""
CODE = '''from dataclasses import dataclass

SHARE = 10


@dataclass
class Terms:
    least: int = 0


def fee(amount):
    """What we keep."""
    terms = Terms()
    return max(terms.least, amount // SHARE + 1)


def unrelated():
    return 1
'''
WRONG, RIGHT = "amount // SHARE + 1", "amount // SHARE"
STRATEGIES = """from hypothesis import strategies as st


def amounts():
    return st.integers(min_value=0, max_value=10_000)
"""
TEST = """from hypothesis import given

from fees.fees import fee
from tests.strategies import amounts


# Verifies: ADR-0001/INV-1
@given(amounts())
def test_fee_is_at_most_a_tenth(amount):
    assert fee(amount) * 10 <= amount
"""
RECORD, FEES, TESTS = "docs/adr/0001-fees.md", "fees/fees.py", "tests/test_fees.py"
PASSED = "passed: 100 cases"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "with spaces")
    made.write(RECORD, ADR)
    made.write(FEES, CODE)
    made.write("fees/__init__.py", "")
    made.write("tests/__init__.py", "")
    made.write("tests/strategies.py", STRATEGIES)
    made.write(TESTS, TEST)
    made.write("pyproject.toml", "[tool.adr-lsp]\n[tool.pytest.ini_options]\npythonpath = ['.']\n")
    return made


def check_change(project: Project, path: str, old: str, new: str, expected: str) -> None:
    """What is said while a file differs; put back as it was, the invariant has passed again."""
    project.replace(path, old, new)
    assert project.said() == expected
    project.replace(path, new, old)
    assert project.said() == PASSED


def test_the_whole_life_of_an_invariant(project: Project) -> None:
    assert project.said() == "not-run: no run was read"

    project.pytest()
    assert project.said() == "failed: amount=0"

    project.replace(FEES, WRONG, RIGHT)
    assert project.said() == "failed: amount=0"

    project.pytest(coverage=True)
    found = project.stands()
    assert (found.verdict, found.cases) == (Verdict.PASSED, 100)
    assert found.covered[FEES] == (13, 14)

    reworded = 'stale: statement reworded: "at most" → "exactly"'
    check_change(project, RECORD, "at most", "exactly", reworded)
    check_change(project, RECORD, "Accepted", "Accepted, 2026", PASSED)
    check_change(project, FEES, "    terms =", "    # The terms\n    terms =", PASSED)
    check_change(project, FEES, "What we keep.", "What remains with us.", PASSED)
    check_change(project, FEES, "return 1", "return 2", PASSED)
    check_change(project, FEES, "max(terms.least", "min(terms.least", "stale: fee() changed")
    check_change(project, FEES, "SHARE = 10", "SHARE = 11", "stale: SHARE changed")
    _stale(project, FEES, "least: int = 0", "least: int = 1")
    whole = "st.integers(min_value=0, max_value=10_000)"
    _stale(project, "tests/strategies.py", whole, "st.just(0)")
    _stale(project, TESTS, "* 10 <=", "* 9 <=")


def _stale(project: Project, path: str, old: str, new: str) -> None:
    project.replace(path, old, new)
    assert project.stands().verdict is Verdict.STALE
    project.replace(path, new, old)
    assert project.said() == PASSED


def test_a_renamed_test_leaves_its_failure_behind(project: Project) -> None:
    project.pytest()
    project.replace(TESTS, "test_fee_is_at_most_a_tenth", "test_fee")
    assert project.said() == "not-run: test_fee has not run"


def test_what_git_takes_away_and_brings_back(project: Project) -> None:
    project.replace(FEES, WRONG, RIGHT)
    project.pytest()
    assert project.said() == PASSED
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "Fees")
    project.replace(FEES, RIGHT, "amount // 9")
    assert project.stands().verdict is Verdict.STALE
    git(project, "stash", "-q")
    assert project.said() == PASSED
    git(project, "stash", "pop", "-q")
    assert project.stands().verdict is Verdict.STALE
    git(project, "checkout", "-q", ".")
    assert project.said() == PASSED


def git(project: Project, *arguments: str) -> None:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=project.root, check=True, capture_output=True)


def test_workers_and_one_process_say_the_same(project: Project) -> None:
    project.replace(FEES, WRONG, RIGHT)
    project.pytest("-n", "2", coverage=True)
    found = project.stands()
    assert (found.verdict, found.cases) == (Verdict.PASSED, 100)
    assert found.covered[FEES] == (13, 14)


def test_another_interpreter_says_the_same(project: Project) -> None:
    other = environment(*NEW)
    project.replace(FEES, WRONG, RIGHT)
    project.pytest(coverage=True, python=other)
    found = project.stands()
    assert found.run is not None and found.run.environment.python.startswith("3.13")
    assert (found.verdict, found.cases) == (Verdict.PASSED, 100)
    assert found.covered[FEES] == (13, 14)
    check_change(project, FEES, "max(terms.least", "min(terms.least", "stale: fee() changed")
    project.pytest(coverage=True)
    assert project.said() == PASSED
    project.replace(FEES, RIGHT, WRONG)
    project.pytest(coverage=True, python=other)
    assert project.said() == "failed: amount=0"


def test_a_collection_error_until_the_file_is_collected(project: Project) -> None:
    project.replace(FEES, WRONG, RIGHT)
    project.replace(TESTS, "from fees.fees import fee", "from fees.missing import fee")
    project.pytest()
    assert project.stands().verdict is Verdict.ERROR
    assert "fees.missing" in project.stands().reason
    project.replace(TESTS, "from fees.missing import fee", "from fees.fees import fee")
    assert project.stands().verdict is Verdict.ERROR
    project.pytest()
    assert project.said() == PASSED
