"""`adr-lsp run` over vitest, node:test and jest: one start, and what each test then proves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import provision
from adr_lsp.config import Config
from adr_lsp.run.tool import Asked, Command, Missing, Selected, ToolRun
from adr_lsp.run.tools import jest, node_test, titles, vitest
from adr_lsp.sources.model import Source
from cli.command import Done, adr_lsp
from recorders.recorded import write

if TYPE_CHECKING:
    from pathlib import Path

CART = r"""
import { beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { add } from './sum'

let runs = 0
// Verifies: ADR-0001/INV-1
test('it\'s "quoted" > 🎉 (a|b) $1', () => { expect(add(1, 2)).toBe(3) })
// Verifies: ADR-0001/INV-2
test.todo('later')
// Verifies: ADR-0001/INV-3
test.skip('skipped', () => { expect(1).toBe(1) })
// Verifies: ADR-0001/INV-4
test('retried', { retry: 2 }, () => { expect(++runs).toBe(2) })
// Verifies: ADR-0001/INV-5
test('empty', () => {})
describe('broken', () => {
  beforeEach(() => { throw new Error('no database') })
  // Verifies: ADR-0001/INV-6
  test('hook', () => { expect(1).toBe(1) })
})
// Verifies: ADR-0001/INV-7
test('bad', () => {
  fc.assert(fc.property(fc.nat(), (n) => { expect(add(n, 1)).toBeLessThan(9) }))
})
// Verifies: ADR-0001/INV-8
test('good', () => { fc.assert(fc.property(fc.nat(), (n) => { expect(add(n, 1)).toBe(n + 1) })) })
// Verifies: ADR-0001/INV-9
test.fails('known', () => { expect(1).toBe(2) })
// Verifies: ADR-0001/INV-10
test.each([[1, 2], [3, 4]])('%i and\n%i', (a, b) => { expect(add(a, b)).toBe(a + b) })
test('nobody asked', () => { throw new Error('not linked') })
"""
NODE = """
import test from 'node:test'
import assert from 'node:assert/strict'
// Verifies: ADR-0001/INV-11
test('in node', () => { assert.equal(1 + 1, 2) })
// Verifies: ADR-0001/INV-12
test.todo('to do', () => { throw new Error('x') })
"""
JEST = "// Verifies: ADR-0001/INV-13\ntest('in jest', () => { expect(1).toBe(1) })\n"
VERDICTS = {
    "INV-1": "passed",
    "INV-2": "skipped",
    "INV-3": "skipped",
    "INV-4": "flaky",
    "INV-5": "vacuous",
    "INV-6": "error",
    "INV-7": "failed",
    "INV-8": "passed",
    "INV-9": "known-violation",
    "INV-10": "passed",
    "INV-11": "passed",
    "INV-12": "skipped",
    "INV-13": "not-run",
}
RECORD = "# 1. Prices\n\n## Invariants\n\n" + "".join(f"- **{id}**: It holds.\n" for id in VERDICTS)
FILES = {
    "adr-lsp.toml": "",
    "docs/adr/0001-prices.md": RECORD,
    "packages/cart/package.json": '{"type": "module", "devDependencies": {"vitest": "*"}}',
    "packages/cart/vitest.config.ts": "export default { test: { bail: 1 } }\n",
    "packages/cart/src/sum.ts": "export const add = (a: number, b: number) => a + b\n",
    "packages/cart/src/sum.test.ts": CART,
    "packages/service/package.json": '{"type": "module"}',
    "packages/service/a.test.mjs": NODE,
    "packages/old/package.json": '{"devDependencies": {"jest": "29"}}',
    "packages/old/a.test.js": JEST,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    provision.need("node", "javascript")
    write(tmp_path, FILES)
    installed = provision.JAVASCRIPT / "node_modules"
    (tmp_path / "packages/cart/node_modules").symlink_to(installed)
    return tmp_path


def run(root: Path, *arguments: str) -> Done:
    path = provision.environment()["PATH"]
    return adr_lsp(root, "run", *arguments, "--output-format", "json", PATH=path)


def test_one_run_of_every_tool(root: Path) -> None:
    done = run(root)
    found = {each["id"]: each for each in done.json}
    assert {id: each["verdict"] for id, each in found.items()} == VERDICTS
    assert found["INV-7"]["counterexample"]["values"] == {"n": "8"}
    assert found["INV-8"]["cases"] == 100
    assert "packages/cart/src/sum.ts" in found["INV-1"]["covered"]
    assert "jest: not started by adr-lsp: name its JUnit report in `reports`" in done.err
    assert "not linked" not in done.err
    assert "\x1b" not in done.err


def test_a_configured_command_starts_it(root: Path) -> None:
    write(root, {"adr-lsp.toml": "[run]\nvitest = ['./no-vitest']\nnode = ['./no-node']\n"})
    said = run(root, "ADR-1/INV-1", "ADR-1/INV-11").err
    assert "vitest: could not start: ./no-vitest" in said
    assert "node:test: could not start: ./no-node" in said


def asked(root: Path, *tests: tuple[str, str]) -> Asked:
    chosen = tuple(Selected(path, name) for path, name in tests)
    return Asked(root, Config(), root, chosen, coverage=True)


def source(path: str, text: str) -> Source:
    return Source(path, "typescript", text)


def test_which_tool_runs_a_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": '{"devDependencies": {"vitest": "5"}}',
            "a/package.json": "{}",
            "b/vitest.config.mts": "",
            "c/package.json": "not json",
        },
    )
    plain = "import { test } from 'vitest'"
    node = 'const test = require("node:test")'

    def project(path: str, text: str = plain) -> Path | None:
        return vitest.project_of(tmp_path, Config(), path, source(path, text))

    assert project("a/x.test.ts") == tmp_path
    assert project("b/deep/x.test.ts") == tmp_path / "b"
    assert project("c/x.test.ts") == tmp_path
    assert project("x.py") is None
    assert project("a/x.test.ts", node) is None
    found = node_test.project_of(tmp_path, Config(), "a/x.js", source("a/x.js", node))
    assert found == tmp_path / "a"
    assert node_test.project_of(tmp_path, Config(), "a/x.js", source("a/x.js", plain)) is None
    assert jest.project_of(tmp_path, Config(), "a/x.js", source("a/x.js", plain)) is None


def test_a_vitest_that_is_missing_or_too_old_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"devDependencies": {"vitest": "2"}}', "a.test.ts": ""})
    missing = vitest.plan(asked(tmp_path, ("a.test.ts", "")))
    assert missing == Missing("vitest", vitest.NOT_INSTALLED, (Selected("a.test.ts", ""),))
    write(
        tmp_path,
        {
            "node_modules/vitest/package.json": '{"version": "3.1.4"}',
            "node_modules/.bin/vitest": "#!/bin/sh\n",
        },
    )
    old = vitest.plan(asked(tmp_path, ("a.test.ts", "")))
    assert isinstance(old, Missing)
    assert old.reason == "3.1.4 is too old: 3.2 is needed"


def test_a_script_of_a_package_manager_is_started_itself(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.test.ts": "test('a', () => {})",
            "node_modules/vitest/package.json": '{"version": "3.2.4"}',
            "node_modules/.bin/vitest": "#!/bin/sh\n",
        },
    )
    found = vitest.plan(asked(tmp_path, ("a.test.ts", "a")))
    assert isinstance(found, ToolRun)
    script = str(tmp_path / "node_modules/.bin/vitest")
    assert found.command == Command((script,), f"vitest 3.2.4 in {tmp_path.name}")
    assert found.arguments[0] == "run"
    assert r"--testNamePattern=^\s*(?:a)(?: \(with seed=-?\d+\))?$" in found.arguments
    assert found.arguments[-1] == str(tmp_path / "a.test.ts")


def test_whole_files_run_where_titles_are_computed(tmp_path: Path) -> None:
    write(tmp_path, {"a.test.ts": "test(each.title, () => {})\ntest('b', () => {})"})
    tests = (Selected("a.test.ts", "each.title"), Selected("a.test.ts", "b"))
    assert titles.pattern(tmp_path, tests) is None
    assert titles.pattern(tmp_path, tests[1:]) is not None
    assert titles.pattern(tmp_path, (Selected("a.test.ts", ""),)) is None
    assert titles.pattern(tmp_path, tests[1:] * (titles.MOST + 1)) is None


TITLES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\\$%:'\r"), min_size=1
)


@given(st.lists(TITLES, min_size=1, max_size=3), st.text(max_size=5))
def test_a_pattern_selects_the_test_alone(names: list[str], other: str) -> None:
    made = re.compile(f"(?s:{titles._name('::'.join(names))})")
    for between in (" ", " > "):
        assert made.fullmatch(between.join(names))
    if other:
        assert not made.fullmatch(" > ".join(names) + " > " + other)
