"""Covered lines, from whatever measures: ours, the user's, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recorders.recorded import ON, Recorded, run, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    **ON,
    "ledger/__init__.py": "",
    "ledger/fees.py": """\
RATE = 2
def fee(n):
    if n > 100:
        return n * RATE
    return 0

def unused():
    return 1
""",
    "ledger/other.py": "def other():\n    return 1\n",
    "tests/test_fees.py": """\
import pytest
from ledger.fees import fee
from ledger.other import other
@pytest.fixture
def start():
    return other()
@pytest.mark.parametrize("n", [1, 500])
def test_fee(n, start):
    assert fee(n) in (0, 1000)
def test_nothing():
    assert True
""",
    ".venv/pyvenv.cfg": "",
    ".venv/lib/python3.11/site-packages/foreign.py": "def foreign(): pass\n",
}
COVERED = {"test_fee[1]": [[3, 3], [5, 5]], "test_fee[500]": [[3, 4]]}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def covered(recorded: Recorded) -> dict[str, list[list[int]]]:
    assert recorded.exit == 0, recorded.output
    assert recorded.lines[-1]["coverage"] == "measured"
    return recorded.covered("ledger/fees.py")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-n2"],
        ["--cov=ledger", "--cov-report="],
        ["--cov=.", "--cov-report=", "--cov-branch"],
        ["--cov=ledger", "--cov-report=", "--cov-context=test"],
        ["--cov=ledger", "--cov-report=", "-n2"],
    ],
    ids=" ".join,
)
def test_lines_of_each_test_are_the_same_whoever_measures(
    ledger: Path, arguments: list[str]
) -> None:
    recorded = run(ledger, "-p", "no:randomly", *arguments, ADR_LSP_COVERAGE="1")
    assert covered(recorded) == COVERED
    assert recorded.covered("ledger/other.py").keys() == COVERED.keys(), "of fixtures too"
    measured = {path for line in recorded.of("measured") for path in line["files"]}
    assert {"ledger/fees.py", "ledger/other.py"} <= measured
    assert not any("venv" in path for path in measured)


def test_under_coverage_run_with_a_context_of_the_user(ledger: Path) -> None:
    write(ledger, {".coveragerc": "[run]\ncontext = nightly\nrelative_files = true\n"})
    command = ("-m", "coverage", "run", "--source=ledger", "-m", "pytest")
    assert covered(run(ledger, command=command)) == COVERED


def test_without_any_it_is_unknown(ledger: Path) -> None:
    recorded = run(ledger)
    assert recorded.lines[-1]["coverage"] == "unknown"
    assert not recorded.of("coverage")
    assert not (ledger / ".coverage").exists()


def test_ours_leaves_no_data_file(ledger: Path) -> None:
    run(ledger, ADR_LSP_COVERAGE="1")
    assert not list(ledger.glob(".coverage*"))


def test_contexts_of_another_form_are_left_alone(ledger: Path) -> None:
    write(ledger, {".coveragerc": "[run]\ndynamic_context = test_function\n"})
    recorded = run(ledger, "--cov=ledger", "--cov-report=")
    assert recorded.lines[-1]["coverage"] == "unknown"
    assert recorded.exit == 0


def test_a_measurement_that_a_test_breaks_costs_only_the_lines(ledger: Path) -> None:
    breaks = "def test_stop():\n    import coverage\n    coverage.Coverage.current().stop()\n"
    write(ledger, {"tests/test_a_stop.py": breaks})
    recorded = run(ledger, ADR_LSP_COVERAGE="1")
    assert recorded.exit == 0
    assert set(recorded.outcomes.values()) == {"passed"}
    assert recorded.lines[-1]["type"] == "end"
