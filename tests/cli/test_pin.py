"""`adr-lsp pin`: what made a test fail once is tried by every later run, in each language."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

import provision
from cli.command import adr_lsp
from recorders.crates import Recorded, run, write

if TYPE_CHECKING:
    from pathlib import Path

RECORD = """# 1. Sums

## Invariants

- **INV-1**: Doubling a number of Python doubles it.
- **INV-2**: Doubling a number of TypeScript doubles it.
- **INV-3**: Doubling a number of Rust doubles it.
- **INV-4**: Many kinds of values can be doubled.
  - Verified by: `crate/tests/kinds.rs::kinds::many`
- **INV-5**: Many kinds of values can be doubled in TypeScript too.
"""
CASES = """import fc from "fast-check";
import { expect, test } from "vitest";
import { double } from "./sum";

// Verifies: ADR-0001/INV-2
test("doubles", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (n) => {
      expect(double(n)).toBe(n * 2);
    }),
    { numRuns: 200 },
  );
});

const kinds = [
  fc.bigInt({ min: 3n }), fc.constantFrom(-0, NaN), fc.tuple(fc.constant("a\\"b\\n")), fc.date(),
] as const;

// Verifies: ADR-0001/INV-5
test("many kinds", () => {
  fc.assert(
    fc.property(...kinds, fc.record({ a: fc.nat() }), (big, odd, text, date, held) => {
      const same = [big > 2n, Number.isNaN(odd) || odd === 0, text[0] === 'a"b\\n', "a" in held];
      expect([...same, date instanceof Date]).toEqual([true, true, true, true, true]);
      expect(double(5000)).toBe(10000);
    }),
  );
});
"""
LIB = """pub fn double(n: u64) -> u64 {
    if n > 999 && std::env::var("FAULT").is_ok() { 0 } else { n * 2 }
}

#[derive(Clone, Debug)]
pub enum Kind {
    Plain,
    Named { name: String },
    Both(i8, char),
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: Kind,
    pub amounts: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        // Verifies: ADR-0001/INV-3
        #[test]
        fn doubles(n in 0..5000u64) {
            prop_assert_eq!(double(n), n * 2)
        }
    }
}
"""
KINDS = """mod kinds {
    use pinned_sums::{double, Entry, Kind};
    use proptest::collection::{btree_set, hash_map, vec};
    use proptest::prelude::*;

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let kinds = vec![
            Kind::Plain,
            Kind::Named { name: "a".to_string() },
            Kind::Both(-1, '\\''),
        ];
        Just(kinds.into_iter().map(|kind| Entry { kind, amounts: vec![0.5, 1e-7] }).collect())
    }

    proptest! {
        #[test]
        fn many(
            entries in entries(),
            text in "[a-b]{3}",
            mut pair in (any::<bool>(), vec(any::<char>(), 2..3)),
            set in btree_set(7..9u8, 2),
            map in hash_map("x", 0i32..4, 1),
            maybe: Option<i8>,
            big in prop::num::f32::INFINITE,
            word in prop_oneof![Just("one"), Just("two")],
        ) {
            pair.0 = true;
            let length: usize = set.len() + map.len() + maybe.map_or(0, |_| 1);
            prop_assert!(length >= 3 - 1 && !text.is_empty() && !word.is_empty());
            prop_assert!(big.is_infinite() && entries.len() == 3);
            assert_eq!(double(4000), 8000);
        }
    }
}
"""
PYTHON = """from hypothesis import given, strategies as st
from sums import double


# Verifies: ADR-0001/INV-1
@given(n=st.integers(min_value=0))
def test_doubles(n: int) -> None:
    assert double(n) == n * 2
"""
PYTHON_SUMS = """import os


def double(n: int) -> int:
    return 0 if n > 999 and "FAULT" in os.environ else n * 2
"""
SUMS = """export const double = (n: number): number =>
  n > 999 && process.env["FAULT"] !== undefined ? 0 : n * 2;
"""
MANIFEST = """[package]
name = "pinned-sums"
version = "0.1.0"
edition = "2021"

[dev-dependencies]
proptest = "1"
"""
FILES = {
    "adr-lsp.toml": "",
    ".gitignore": "proptest-regressions/\n",
    "docs/adr/0001-sums.md": RECORD,
    "test_sums.py": PYTHON,
    "sums.py": PYTHON_SUMS,
    "web/package.json": '{"type": "module", "devDependencies": {"vitest": "*"}}',
    "web/sum.ts": SUMS,
    "web/sum.test.ts": CASES,
    "crate/Cargo.toml": MANIFEST,
    "crate/src/lib.rs": LIB,
    "crate/tests/kinds.rs": KINDS,
}
TESTS = ("test_sums.py", "web/sum.test.ts", "crate/src/lib.rs", "crate/tests/kinds.rs")
CODE = {"sums.py": PYTHON_SUMS, "web/sum.ts": SUMS}
FAULTS = (' and "FAULT" in os.environ', ' && process.env["FAULT"] !== undefined',
          ' && std::env::var("FAULT").is_ok()')  # fmt: skip
IDS = [f"INV-{n}" for n in range(1, 6)]


def verdicts(recorded: Recorded) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in recorded.done.json}


def result(recorded: Recorded, test: str) -> dict[str, Any]:
    return next(line for line in recorded.of("result") if line["test"] == test)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    provision.need("node", "javascript", "cargo")
    write(tmp_path, FILES)
    (tmp_path / "web/node_modules").symlink_to(provision.JAVASCRIPT / "node_modules")
    return tmp_path


def check_pinned(root: Path) -> None:
    """The first time it is written, the second time nothing is."""
    shown = adr_lsp(root, "pin", "ADR-0001", "--diff")
    assert shown.code == 0, shown.err
    assert "+@example(n=1000)" in shown.out
    assert (root / "test_sums.py").read_text() == PYTHON
    done = adr_lsp(root, "pin", "ADR-0001")
    assert done.code == 0, done.err
    assert "pinned n=1000 in web/sum.test.ts::doubles" in done.out
    assert "proptest-regressions/lib.txt`, which git ignores" in done.err
    after = [(root / path).read_text() for path in TESTS]
    again = adr_lsp(root, "pin", "ADR-0001")
    assert again.code == 0
    assert "doubles: the counterexample is pinned already" in again.err
    assert again.out == ""
    assert [(root / path).read_text() for path in TESTS] == after


def check_fails_at_once(failed: Recorded) -> None:
    """By the very example, before anything is generated."""
    assert verdicts(failed) == dict.fromkeys(IDS, "failed")
    for test in ("doubles", "many kinds"):
        cases = result(failed, f"web/sum.test.ts::{test}")["cases"]
        assert (cases["accepted"], cases["phases"]["explicit"]) == (0, 1)
    for test in ("src/lib.rs::tests::doubles_example_1", "tests/kinds.rs::kinds::many_example_1"):
        assert result(failed, f"crate/{test}")["outcome"] == "failed"
    assert "explicit example" in str(result(failed, "test_sums.py::test_doubles")).lower()


def test_what_failed_once_is_tried_first_by_every_run(root: Path) -> None:
    assert verdicts(run(root, FAULT="1")) == dict.fromkeys(IDS, "failed")
    shutil.rmtree(root / ".hypothesis", ignore_errors=True)
    forgetful = run(root, PROPTEST_DISABLE_FAILURE_PERSISTENCE="1")
    assert verdicts(forgetful) == dict.fromkeys(IDS, "flaky")

    check_pinned(root)
    passed = run(root)
    assert verdicts(passed) == dict.fromkeys(IDS, "passed"), passed.done.out
    assert result(passed, "web/sum.test.ts::doubles")["replayed"][0]["values"] == {"n": "1000"}
    assert result(passed, "crate/src/lib.rs::tests::doubles_example_1")["outcome"] == "passed"

    rust_code = (root / "crate/src/lib.rs").read_text()
    for path, text in (CODE | {"crate/src/lib.rs": rust_code}).items():
        (fault,) = (each for each in FAULTS if each in text)
        write(root, {path: text.replace(fault, "")})
    (root / "crate/proptest-regressions/lib.txt").unlink()
    (root / "crate/tests/kinds.proptest-regressions").unlink()
    check_fails_at_once(run(root))


def test_what_did_not_fail_has_nothing_to_pin(tmp_path: Path) -> None:
    write(tmp_path, {"adr-lsp.toml": "", "docs/adr/0001-sums.md": RECORD})
    done = adr_lsp(tmp_path, "pin", "ADR-0001/INV-1")
    assert done.code == 0
    assert "no test of it failed with a counterexample" in done.err
    assert adr_lsp(tmp_path, "pin", "ADR-0009").code == 2


def test_an_example_test_of_the_target_has_its_values(tmp_path: Path) -> None:
    record = "# 1. Sums\n\n## Invariants\n\n- **INV-1**: Doubling doubles.\n  - Target: `{}`\n"
    record = record.format("sums:double")
    files = {name: FILES[name] for name in ("adr-lsp.toml", "sums.py", "test_sums.py")}
    write(tmp_path, files | {"docs/adr/0001-sums.md": record})
    assert adr_lsp(tmp_path, "run", FAULT="1").code == 1
    done = adr_lsp(tmp_path, "pin", "ADR-0001/INV-1", "--as-example")
    assert done.code == 0, done.err
    assert "pinned n=1000 in tests/test_sums.py::test_doubling_doubles_with_n_1000" in done.out
    assert "say what should come out" in done.err
    written = (tmp_path / "tests/test_sums.py").read_text()
    assert 'pytest.param(1000, ..., id="n 1000"),' in written
    assert "adr-lsp: scaffold" in written
    assert adr_lsp(tmp_path, "pin", "ADR-0001/INV-1", "--as-example").code == 2
    assert (tmp_path / "tests/test_sums.py").read_text() == written
