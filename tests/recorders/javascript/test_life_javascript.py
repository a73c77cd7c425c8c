"""What becomes of a run: cut, changed underneath, not asked for, in a root above."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

import provision
from adr_lsp.evidence import read_run
from adr_lsp.evidence.model import Ending
from recorders.javascript.recorded import (
    NODE_TEST,
    RECORDER,
    VITEST,
    environment,
    node_test,
    project,
    vitest,
)
from recorders.recorded import evidence_files

if TYPE_CHECKING:
    from pathlib import Path

PASSES = "import { test } from 'vitest'\ntest('passes', () => {})\n"
LOOP = "for (const n of [1, 2]) test(`n ${n}`, () => {})\ntest('m', () => {})\n"
WAITS = """
import { appendFileSync } from 'node:fs'
test('fails', () => { throw new Error('at once') })
test('waits', async () => {
  appendFileSync('waiting', '')
  await new Promise((r) => setTimeout(r, 60_000))
}, TIME)
"""


def start(folder: Path, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(
        [str(provision.NODE), *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (folder / "waiting").exists():
        assert time.monotonic() < deadline and child.poll() is None
        time.sleep(0.05)
    return child


def test_a_run_of_vitest_that_is_killed_leaves_its_failures(tmp_path: Path) -> None:
    project(
        tmp_path, {"a.test.ts": "import { test } from 'vitest'\n" + WAITS.replace("TIME", "60_000")}
    )
    child = start(tmp_path, (*VITEST, f"--reporter={RECORDER / 'vitest.mjs'}"))
    [file] = wait_for_results(tmp_path)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    run = read_run(file.name, file.read_bytes(), alive=False)
    assert run is not None
    assert run.ending is Ending.CUT
    assert {result.name: str(result.outcome) for result in run.results} == {"fails": "failed"}


def wait_for_results(folder: Path) -> list[Path]:
    deadline = time.monotonic() + 60
    while True:
        found = evidence_files(folder)
        if found and b'"result"' in found[0].read_bytes():
            return found
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_run_of_node_that_is_killed_has_no_end(tmp_path: Path) -> None:
    body = "import test from 'node:test'\n" + WAITS.replace(", TIME", "")
    project(
        tmp_path,
        {"a.test.mjs": body, "b.test.mjs": "import test from 'node:test'\ntest('b', () => {})\n"},
    )
    child = start(tmp_path, (*NODE_TEST, "a.test.mjs", "b.test.mjs"))
    os.killpg(child.pid, signal.SIGINT)
    child.wait(30)
    kinds = [
        json.loads(line)["type"]
        for file in evidence_files(tmp_path)
        for line in file.read_bytes().splitlines()
    ]
    assert "end" not in kinds


def test_nothing_is_written_where_nobody_asked(tmp_path: Path) -> None:
    project(tmp_path, {"a.test.ts": PASSES})
    (tmp_path / "adr-lsp.toml").unlink()
    assert vitest(tmp_path).exit == 0
    assert node_test(tmp_path, "a.test.ts").lines == ()
    assert not (tmp_path / ".adr-lsp").exists()


def test_a_root_above_the_package(tmp_path: Path) -> None:
    inner = tmp_path / "packages/cart"
    inner.mkdir(parents=True)
    project(
        inner,
        {"a.test.ts": PASSES + "import '../shared'\n", "../shared.ts": "export const one = 1\n"},
    )
    (inner / "adr-lsp.toml").unlink()
    (tmp_path / "adr-lsp.toml").touch()
    vitest(inner, ADR_LSP_EVIDENCE=str(tmp_path))
    [file] = evidence_files(tmp_path)
    run = read_run(file.name, file.read_bytes(), alive=False)
    assert run is not None
    assert {result.test for result in run.results} == {"packages/cart/a.test.ts::passes"}
    assert {"packages/shared.ts", "packages/cart/package.json"} <= set(run.content)


def test_a_file_that_changes_while_its_tests_run_is_said(tmp_path: Path) -> None:
    edits = (
        "import { test } from 'vitest'\nimport { appendFileSync } from 'node:fs'\nimport './lib'\n"
    )
    edits += "test('edits', () => { appendFileSync('lib.ts', '// more\\n') })\n"
    project(tmp_path, {"a.test.ts": edits, "lib.ts": "export {}\n"})
    recorded = vitest(tmp_path)
    assert [line["files"] for line in recorded.of("changed")] == [["lib.ts"]]


def test_a_fault_of_the_recorder_fails_no_test(tmp_path: Path) -> None:
    project(tmp_path, {"a.test.ts": PASSES})
    (tmp_path / ".adr-lsp").write_text("no folder", encoding="utf-8")
    recorded = vitest(tmp_path)
    assert recorded.exit == 0
    assert "adr-lsp: this run is not recorded as evidence: " in recorded.output


@pytest.mark.parametrize("tool", ["vitest", "node:test"])
def test_a_filter_selects_and_narrows(tmp_path: Path, tool: str) -> None:
    module = "vitest" if tool == "vitest" else "node:test"
    body = f"import {{ test }} from '{module}'\n" + LOOP
    project(tmp_path, {"a.test.mjs": body})
    if tool == "vitest":
        recorded = vitest(tmp_path, "-t", "n 1")
        assert [line["narrowed"] for line in recorded.of("collected")] == [["a.test.mjs::n ${n}"]]
    else:
        recorded = node_test(tmp_path, "--test-name-pattern=n 1", "a.test.mjs")
    assert recorded.outcomes == {"n ${n}[1]": "passed"}
