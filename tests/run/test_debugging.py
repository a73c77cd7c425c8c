"""What debuggers are told to start, started here without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import provision
from adr_lsp.evidence.model import Verdict
from adr_lsp.features.named_tests import tests_named
from adr_lsp.run import Missing
from adr_lsp.run.debugging import Launch, launches
from adr_lsp.snapshot import Snapshot, standing
from adr_lsp.workspace import Workspace

RECORD = "# 1. Double\n\n## Invariants\n\n- **INV-1**: Doubling adds.\n"
SLOW = """import time
from hypothesis import given, settings, strategies as st


# Verifies: ADR-0001/INV-1
@settings(deadline=1, max_examples=10)
@given(st.integers())
def test_adds(n):
    time.sleep(0.01)
    assert n + n == 2 * n


# Verifies: ADR-0001/INV-1
def test_nothing():
    assert 1 + 1 == 2
"""
VITEST = """import { expect, test } from "vitest";

// Verifies: ADR-0001/INV-1
test("adds", () => expect(1 + 1).toBe(2));

// Verifies: ADR-0001/INV-1
test("adds nothing", () => expect(0 + 0).toBe(0));
"""
PACKAGE = '{"type": "module", "devDependencies": {"vitest": "*"}}'
RUST = """// Verifies: ADR-0001/INV-1
#[test]
fn adds() {
    assert_eq!(1 + 1, 2);
}

// Verifies: ADR-0001/INV-1
#[test]
fn adds_nothing() {
    assert_eq!(0 + 0, 0);
}
"""
MANIFEST = '[package]\nname = "double"\nversion = "0.1.0"\nedition = "2021"\n'
FILES = {
    "adr-lsp.toml": "",
    "docs/adr/0001-double.md": RECORD,
    "test_double.py": SLOW,
    "js/package.json": PACKAGE,
    "js/double.test.ts": VITEST,
    "rs/Cargo.toml": MANIFEST,
    "rs/src/lib.rs": RUST,
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    path = os.pathsep.join((str(Path(sys.executable).parent), provision.environment()["PATH"]))
    monkeypatch.setenv("PATH", path)
    return tmp_path


def read(root: Path) -> Snapshot:
    workspace = Workspace(root)
    workspace.refresh()
    return workspace.snapshot()


def launch(root: Path, test: str) -> Launch | Missing:
    snapshot = read(root)
    (found,) = launches(root, snapshot, [each.test for each in tests_named(snapshot, test)])
    return found


def started(told: Launch | Missing, words: tuple[str, ...] = (), **more: str) -> str:
    """What the program prints, started as a debugger would."""
    assert isinstance(told, Launch)
    done = subprocess.run(
        [told.program, *(words or told.arguments)],
        cwd=told.cwd,
        env=os.environ | more | told.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def verdicts(root: Path) -> dict[str, Verdict]:
    snapshot = read(root)
    (record,) = snapshot.log
    return {t.id: t.verdict for t in standing(snapshot, record, record.invariants[0]).tests}


def test_who_waits_in_a_debugger_misses_no_deadline(root: Path) -> None:
    test = "test_double.py::test_adds"
    told = launch(root, test)
    assert isinstance(told, Launch)
    assert (told.debugger, told.environment["ADR_LSP_COVERAGE"]) == ("python", "0")
    assert "1 passed" in started(told)
    assert verdicts(root)[test] is Verdict.NOT_RUN, "who steps through a test can change it"


def test_vitest_runs_that_test_without_a_limit(root: Path) -> None:
    provision.need("node", "javascript")
    (root / "js/node_modules").symlink_to(provision.JAVASCRIPT / "node_modules")
    told = launch(root, "js/double.test.ts::adds")
    assert isinstance(told, Launch)
    assert (told.debugger, "--testTimeout=0" in told.arguments) == ("node", True)
    assert "1 passed | 1 skipped" in started(told)
    assert verdicts(root)["js/double.test.ts::adds"] is Verdict.NOT_RUN


def test_what_cargo_builds_runs_that_test(root: Path) -> None:
    """As CodeLLDB does: cargo builds what stands before `--`, the program gets the rest."""
    provision.need("cargo")
    told = launch(root, "rs/src/lib.rs::adds")
    assert isinstance(told, Launch)
    end = told.arguments.index("--")
    words = (*told.arguments[:end], "--no-run", "--message-format=json")
    built = started(told, words, **provision.cargo_environment())
    lines = [json.loads(line) for line in built.splitlines()]
    (program,) = [line["executable"] for line in lines if line.get("executable")]
    done = subprocess.run([program, *told.arguments[end + 1 :]], capture_output=True, text=True)
    assert "1 passed; 0 failed; 0 ignored; 0 measured; 1 filtered out" in done.stdout


def test_a_way_of_its_own_has_no_debugger(root: Path) -> None:
    method = '[run.methods.load]\nfiles = ["*.py"]\ncommand = ["load"]\nreport = "load.xml"\n'
    (root / "adr-lsp.toml").write_text(f'{method}format = "junit"\n')
    told = launch(root, "test_double.py::test_nothing")
    assert isinstance(told, Missing)
    assert (told.tool, told.reason) == ("load", "no debugger is known for what it starts")
