"""The same file on the oldest and the newest interpreter, in environments without adr-lsp."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from recorders.recorded import ON, run, write
from recorders.test_outcomes import EXPECTED, ZOO

VENVS = Path(__file__).parents[2] / ".tools/recorders"
OLD = ("3.8", ("pytest>=7,<8", "hypothesis", "coverage", "pytest-xdist"))
NEW = ("3.13", ("pytest", "hypothesis", "coverage", "pytest-xdist"))
CASES = """
from hypothesis import given, settings, strategies as st
@given(n=st.integers(0, 1000))
@settings(database=None, deadline=None)
def test_holds(n): pass
@given(n=st.integers(0, 1000))
@settings(database=None, deadline=None)
def test_breaks(n): assert n < 10
"""


def interpreter(version: str) -> Path | None:
    """The newest `pythonX.Y` of pyenv, else the one on PATH."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = sorted(pyenv.glob(f"{version}.*/bin/python"))
    on_path = shutil.which(f"python{version}")
    return found[-1] if found else Path(on_path) if on_path else None


def environment(version: str, packages: tuple[str, ...]) -> Path:
    python = VENVS / version / "bin/python"
    VENVS.mkdir(parents=True, exist_ok=True)
    with (VENVS / f"{version}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (VENVS / version / "complete").exists():
            make(version, python, packages)
    return python


def make(version: str, python: Path, packages: tuple[str, ...]) -> None:
    base = interpreter(version)
    if base is None:
        missing = f"no Python {version}: neither in pyenv nor on PATH"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    subprocess.run([base, "-m", "venv", "--clear", VENVS / version], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    (VENVS / version / "complete").touch()


@pytest.mark.parametrize(("version", "packages"), [OLD, NEW], ids=["old", "new"])
def test_the_same_is_recorded(tmp_path: Path, version: str, packages: tuple[str, ...]) -> None:
    python = environment(version, packages)
    write(tmp_path, {**ON, "tests/test_zoo.py": ZOO, "tests/test_cases.py": CASES})
    # never `sysmon`, even where the user asks for it: it loses lines when contexts switch
    env = {"ADR_LSP_COVERAGE": "1", "COVERAGE_CORE": "sysmon" if version == NEW[0] else ""}
    outcome = run(tmp_path, python=python, **{name: value for name, value in env.items() if value})
    expected = {**EXPECTED, "test_holds": "passed", "test_breaks": "failed"}
    if version == OLD[0]:  # pytest 7 has no subtests: unittest stops at the first that fails
        expected |= {"Old::test_subtests": "failed"}
    assert outcome.outcomes == expected, outcome.output
    assert outcome.lines[0]["environment"]["python"].startswith(version)
    assert outcome.results["test_breaks"]["counterexample"]["values"] == {"n": "10"}
    assert outcome.results["test_holds"]["cases"]["accepted"] == 100
    assert outcome.covered("tests/test_zoo.py").keys() >= {"test_passes", "test_with[one]"}
    assert outcome.lines[-1]["coverage"] == "measured"


def test_a_measurement_by_sysmon_is_not_believed(tmp_path: Path) -> None:
    python = environment(*NEW)
    write(tmp_path, {**ON, "test_a.py": "def test_a(): pass\n"})
    command = ("-m", "coverage", "run", "--source=.", "-m", "pytest")
    outcome = run(tmp_path, python=python, command=command, COVERAGE_CORE="sysmon")
    assert outcome.exit == 0
    assert outcome.lines[-1]["coverage"] == "unknown"
