"""`adr-lsp run`: which tests, which interpreter, what it leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

from cli.command import Done, adr_lsp, environment

RECORD = """# 1. Double

## Invariants

- **INV-1** *(oracle)*: Doubling equals adding a number to itself.
- **INV-2** *(bounds)*: Doubling never makes a number above zero smaller.
- **INV-3**: Doubling is what we say it is.
"""
TESTS = """from hypothesis import given, strategies as st
from double import double


# Verifies: ADR-0001/INV-1
@given(st.integers())
def test_oracle(n):
    assert double(n) == n + n


# Verifies: ADR-0001/INV-2
def test_bounds():
    assert double(2) == 4
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "adr-lsp.toml", "")
    write(tmp_path, "docs/adr/0001-double.md", RECORD)
    write(tmp_path, "double.py", "def double(n):\n    return n * 2\n")
    write(tmp_path, "conftest.py", "")
    write(tmp_path, "tests/test_double.py", TESTS)
    return tmp_path


def write(root: Path, path: str, content: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content)


def verdicts(done: Done) -> dict[str, str]:
    return {found["id"]: found["verdict"] for found in done.json}


def ran(root: Path, *arguments: str, **more: str) -> Done:
    return adr_lsp(root, "run", "-f", "json", *arguments, **more)


def test_it_runs_what_tests_name_and_says_what_they_showed(root: Path) -> None:
    done = ran(root)
    assert done.code == 0, done.err
    assert verdicts(done) == {"INV-1": "passed", "INV-2": "passed"}
    assert "python on PATH" in done.err
    assert "kept .adr-lsp/evidence/" in done.err
    assert (root / ".adr-lsp/.gitignore").read_text().strip() == "*"


def test_one_invariant_runs_only_its_tests(root: Path) -> None:
    done = ran(root, "ADR-1/INV-2")
    assert verdicts(done) == {"INV-2": "passed"}
    assert "1 passed" in done.err
    assert ran(root, "--method", "property", "ADR-0001").code == 1  # INV-3 has no test


@pytest.mark.parametrize("folder", ["", "tests"])
def test_one_test_runs_alone(root: Path, folder: str) -> None:
    more = "\n\n# Verifies: ADR-0001/INV-1\nclass TestMore:\n"
    more += "    def test_zero(self):\n        assert not 0\n"
    write(root, "tests/test_double.py", TESTS + more)
    path = "test_double.py" if folder else "tests/test_double.py"
    for name, count in (("test_oracle", 1), ("TestMore", 1)):
        done = ran(root / folder, f"{path}::{name}")
        assert (f"{count} passed" in done.err, list(verdicts(done))) == (True, ["INV-1"])
    assert "2 passed" in ran(root, "ADR-1/INV-2", "tests/test_double.py::test_oracle").err
    assert "3 passed" in ran(root / folder, path).err


def test_a_parameter_runs_with_the_others_of_its_test(root: Path) -> None:
    """A verdict is due to all of them."""
    more = "\n\n# Verifies: ADR-0001/INV-3\n@pytest.mark.parametrize('n', [1, 2])\n"
    more += "def test_each(n):\n    assert double(n) == n + n\n"
    write(root, "tests/test_double.py", "import pytest\n" + TESTS + more)
    done = ran(root, "tests/test_double.py::test_each[2]")
    assert "test_each[2]: runs with all parameters of test_each" in done.err
    assert ("2 passed" in done.err, verdicts(done)) == (True, {"INV-3": "passed"})
    assert ran(root, "tests/test_double.py::test_none[2]").code == 2


def test_the_path_of_a_record_means_all_of_it(root: Path) -> None:
    done = ran(root / "docs", "adr/0001-double.md")
    assert ("2 passed" in done.err, len(verdicts(done))) == (True, 3)
    assert "no such record" in ran(root, "docs/adr/0002-gone.md").err


def test_a_scaffold_is_followed_by_where_it_is_filled_in(root: Path) -> None:
    done = adr_lsp(root, "scaffold", "ADR-0001/INV-3", "--method", "example")
    assert done.code == 0, done.err
    (path,) = (root / "tests").glob("test_double*.py")
    lines = path.read_text().splitlines()
    (line,) = (number for number, text in enumerate(lines, 1) if "adr-lsp: scaffold" in text)
    done = ran(root, "ADR-0001/INV-3")
    assert verdicts(done) == {"INV-3": "scaffolded"}
    assert f"adr-lsp: tests/{path.name}:{line}: fill in test_" in done.err


def test_what_a_filter_leaves_out_is_not_said_to_be_missing(root: Path) -> None:
    done = ran(root, "ADR-0001/INV-2", "--method", "property")
    assert "nothing to run: none of the tests is of method property" in done.err


def test_a_test_that_verifies_nothing_is_not_run(root: Path) -> None:
    done = ran(root, "tests/test_double.py::test_of_nothing")
    assert done.code == 2
    assert "no such test verifies an invariant" in done.err


def test_a_named_invariant_without_a_test_is_not_settled(root: Path) -> None:
    done = ran(root, "ADR-0001/INV-3")
    assert (done.code, verdicts(done)) == (1, {"INV-3": "unverified"})


def test_stale_runs_again_only_what_is_not_passed(root: Path) -> None:
    assert ran(root).code == 0
    write(root, "tests/test_double.py", TESTS.replace("double(2) == 4", "double(3) == 6"))
    done = ran(root, "--stale")
    assert verdicts(done) == {"INV-2": "passed"}
    assert "1 passed" in done.err
    again = ran(root, "--stale")
    assert verdicts(again) == {}
    assert "nothing to run: no evidence is stale" in again.err


def test_what_no_test_names_says_how_to_have_one(root: Path) -> None:
    said = "nothing to run: no test names ADR-1/INV-3; `adr-lsp scaffold` writes one"
    assert said in ran(root, "ADR-1/INV-3").err


def test_covered_lines_are_recorded_unless_told_otherwise(root: Path) -> None:
    assert ran(root, "ADR-1/INV-1", "--no-coverage").json[0]["covered"] == {}
    assert ran(root, "ADR-1/INV-1").json[0]["covered"]["double.py"] == [2]


def test_a_failure_shows_its_counterexample(root: Path) -> None:
    write(root, "double.py", "def double(n):\n    return n * 2 if n < 50 else 0\n")
    done = ran(root, "ADR-1/INV-1")
    assert done.code == 1
    assert done.json[0]["verdict"] == "failed"
    assert done.json[0]["counterexample"]["values"] == {"n": "50"}
    shown = adr_lsp(root, "show", "ADR-0001/INV-1")
    assert "counterexample: " in shown.out
    assert "n=50" in shown.out


def test_usage(root: Path) -> None:
    assert ran(root, "ADR-0007/INV-1").code == 2
    missing = ran(root, "ADR-0001/INV-9")
    assert missing.code == 2
    assert "it declares: INV-1, INV-2, INV-3" in missing.err


def test_a_tool_that_cannot_start_is_3(root: Path) -> None:
    write(root, "adr-lsp.toml", '[run]\npytest = ["./no-such-program"]\n')
    done = ran(root)
    assert done.code == 3
    assert "no-such-program" in done.err


def test_a_tool_that_records_nothing_is_3(root: Path) -> None:
    write(root, "adr-lsp.toml", f'[run]\npytest = ["{sys.executable}", "-c", "print(1)"]\n')
    done = ran(root)
    assert done.code == 3
    assert "recorded no run" in done.err


def test_the_configured_command_is_used(root: Path) -> None:
    command = f'["{sys.executable}", "-m", "pytest", "-p", "no:cacheprovider"]'
    write(root, "adr-lsp.toml", f"[run]\npytest = {command}\n")
    done = ran(root)
    assert done.code == 0, done.err
    assert "(configured)" in done.err


def test_the_environment_of_the_root_comes_before_the_path(root: Path) -> None:
    home = root / ".venv/bin"
    home.mkdir(parents=True)
    (home / "python").symlink_to(sys.executable)
    done = ran(root, PATH="/usr/bin:/bin")
    assert f"{home}/python -m pytest (.venv in " in done.err


def test_an_environment_without_pytest_is_named_with_what_to_do(root: Path) -> None:
    """Nothing is recorded: what the tests showed before counts as before."""
    venv.create(root / ".venv", with_pip=False)
    python = root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = ran(root)
    said = f"pytest: not installed for {python} (.venv in {root.name}): install it there, or set"
    assert (done.code, said in done.err) == (3, True), done.err
    assert set(verdicts(done).values()) == {"not-run"}


def test_uv_runs_beside_its_lock(root: Path) -> None:
    tools = root / "tools"
    write(tools, "uv", f'#!/bin/sh\nshift 2\nshift\nexec "{sys.executable}" "$@"\n')
    (tools / "uv").chmod(0o755)
    write(root, "uv.lock", "")
    done = ran(root, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")
    assert done.code == 0, done.err
    assert "uv run --no-sync python -m pytest (uv.lock in " in done.err


def test_settings_of_the_caller_are_kept(root: Path) -> None:
    write(root, "more/extra_plugin.py", "def pytest_report_header():\n    return 'extra is here'\n")
    done = ran(root, PYTEST_ADDOPTS="-p extra_plugin", PYTHONPATH=str(root / "more"))
    assert done.code == 0, done.err
    assert "extra is here" in done.err


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_ending_it_leaves_no_process_behind(root: Path, number: int, code: int) -> None:
    slow = "import os, pathlib, time\n\n\n# Verifies: ADR-0001/INV-2\ndef test_slow():\n"
    slow += "    pathlib.Path('pid').write_text(str(os.getpid()))\n    time.sleep(600)\n"
    write(root, "tests/test_double.py", slow)
    child = subprocess.Popen(
        [sys.executable, "-m", "adr_lsp", "run"],
        cwd=root,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGHUP, signal.SIG_DFL
        ),  # also where ours is ignored
    )
    wait_for(lambda: (root / "pid").exists() and (root / "pid").read_text() != "")
    child.send_signal(number)
    assert child.wait(60) == code
    pytest_process = int((root / "pid").read_text())
    wait_for(lambda: not Path(f"/proc/{pytest_process}").exists())
    done = adr_lsp(root, "--check", "-f", "json")
    assert done.json["summary"]["evidence"]["runs"] == 1
    assert verdicts_of(done)["INV-2"] == "not-run"


def verdicts_of(done: Done) -> dict[str, str]:
    return {found["id"]: found["verdict"] for found in done.json["invariants"]}


def wait_for(there, deadline: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + deadline
    while not there():
        assert time.monotonic() < end
        time.sleep(0.05)
