"""`adr-lsp evidence`: a failure that does not come back, and runs that nothing needs any more."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from cli.command import Done, adr_lsp, run

KEY = "ADR-0001/INV-1"
RECORD = """\
# 1. Count

## Status

Accepted

## Invariants

- **INV-1**: The count is at least zero.
"""
TEST = """\
import os


# Verifies: ADR-0001/INV-1
def test_count() -> None:
    assert os.environ.get("COUNT") != "-1"
"""
AGAIN = """\
RUNS = []


# Verifies: ADR-0001/INV-1
def test_count() -> None:
    RUNS.append(0)
    assert len(RUNS) > 1
"""
SMOKE = '''\
[run.methods.smoke]
files = ["smoke/*.sh"]
command = ["sh", "-c", """
{ echo '<testsuite><testcase name="count" file="smoke/count.sh">'
sh smoke/count.sh || echo '<failure message="it is down"/>'
echo '</testcase></testsuite>'; } > smoke.xml
"""]
report = "smoke.xml"
'''
NOTHING = f"{KEY}: no test of it passed in its last run and failed in one before on the same code\n"
REASON = "the clock of the old runner"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, content in (
        ("docs/adr/0001-count.md", RECORD),
        ("tests/test_count.py", TEST),
        ("adr-lsp.toml", ""),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    return tmp_path


def ran(root: Path, count: str) -> None:
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], root, COUNT=count)


def verdict(root: Path) -> str:
    (found,) = adr_lsp(root, "show", KEY, "-f", "json").json
    return str(found["verdict"])


def forget(root: Path, reason: str = REASON) -> Done:
    return adr_lsp(root, "evidence", "forget", KEY, "--reason", reason)


def test_a_failure_is_forgotten_by_whoever_says_why(root: Path) -> None:
    assert NOTHING in forget(root).err
    ran(root, "-1")
    assert verdict(root) == "failed"
    assert NOTHING in forget(root).err
    assert verdict(root) == "failed", "what fails is not forgotten"
    ran(root, "0")
    assert verdict(root) == "flaky"
    assert forget(root, "  ").code == 2
    assert verdict(root) == "flaky"

    assert forget(root).out == "forgotten: earlier failures of tests/test_count.py::test_count\n"
    assert verdict(root) == "passed"
    assert REASON in adr_lsp(root, "show", KEY).out
    (shown,) = adr_lsp(root, "show", KEY, "-f", "json").json
    assert [test["forgotten"] for test in shown["tests"]] == [REASON]
    assert adr_lsp(root, "--check", "--require-evidence").code == 0

    ran(root, "-1")
    assert verdict(root) == "failed"
    ran(root, "0")
    assert verdict(root) == "flaky", "what was forgotten was what came before"


def test_what_fails_and_passes_within_a_run_is_to_be_run_again(root: Path) -> None:
    (root / "tests/test_count.py").write_text(AGAIN)
    run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--reruns", "1"], root)
    assert verdict(root) == "flaky"
    assert forget(root).err == NOTHING


def test_failures_of_a_test_that_moved_since_are_forgotten(root: Path) -> None:
    ran(root, "-1")
    ran(root, "0")
    (root / "tests/test_count.py").rename(root / "tests/test_counting.py")
    assert verdict(root) == "flaky"
    assert forget(root).code == 0
    assert verdict(root) == "passed"


def test_failures_of_a_whole_file_are_forgotten(root: Path) -> None:
    """A method of the team's own runs it, and tells of no tests in it."""
    (root / "docs/adr/0001-count.md").write_text(f"{RECORD}  - Verified by: `smoke/count.sh`\n")
    (root / "adr-lsp.toml").write_text(SMOKE)
    (root / "tests/test_count.py").unlink()
    (root / "smoke").mkdir()
    (root / "smoke/count.sh").write_text("test -e up\n")
    adr_lsp(root, "run")
    (root / "up").touch()
    adr_lsp(root, "run")
    assert verdict(root) == "flaky"
    assert forget(root).out == "forgotten: earlier failures of smoke/count.sh\n"
    assert verdict(root) == "passed"
    assert f"forgotten: earlier failures of smoke/count.sh: {REASON}" in (
        adr_lsp(root, "evidence", "list").out
    )


def test_runs_are_listed_the_latest_first(root: Path) -> None:
    ran(root, "-1")
    ran(root, "0")
    forget(root)
    lines = adr_lsp(root, "evidence", "list").out.splitlines()
    assert [line.split(", ")[1] for line in lines if not line.startswith(" ")] == [
        "no result", "1 passed", "1 failed",
    ]  # fmt: skip
    assert lines[1].strip() == (
        f"forgotten: earlier failures of tests/test_count.py::test_count: {REASON}"
    )
    found = adr_lsp(root, "evidence", "list", "-f", "json").json
    assert [each["outcomes"] for each in found] == [{}, {"passed": 1}, {"failed": 1}]


def test_what_later_runs_hold_too_is_dropped_and_no_verdict_changes(root: Path) -> None:
    for count in ("-1", "0", "0", "0"):
        ran(root, count)
    forget(root)
    for file in (root / ".adr-lsp").rglob("*"):
        os.utime(file, (0, 0))
    assert "5 runs" in (adr_lsp(root, "evidence", "gc").out.split(" before, ")[1])
    said = adr_lsp(root, "evidence", "gc", "--most", "0")
    assert said.out.startswith("5 runs in ")
    assert ", 3 runs in " in said.out
    assert verdict(root) == "passed"
    assert adr_lsp(root, "evidence", "gc", "--most", "some").code == 2


def test_a_word_without_a_reason_counts_for_nothing(root: Path) -> None:
    ran(root, "-1")
    ran(root, "0")
    forget(root)
    (file,) = (f for f in (root / ".adr-lsp/evidence").iterdir() if "forgotten" in f.read_text())
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for wrong in ({"reason": ""}, {"reason": 3}, {"test": None}):
        written = [line | wrong if line["type"] == "forgotten" else line for line in lines]
        file.write_text("".join(json.dumps(line) + "\n" for line in written))
        assert verdict(root) == "flaky"
