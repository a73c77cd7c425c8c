"""Real crates whose tests end in every way there is, and runs of them by the command line."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import provision
from cli.command import Done, adr_lsp

Line = dict[str, Any]

MANIFEST = """[package]
name = "{name}"
version = "0.1.0"
edition = "2021"
{more}
[dev-dependencies]
proptest = "1"
proptest-state-machine = "0.9"
"""
LIB = """//! Sums.
pub mod deep;

/// Doubles.
///
/// ```
/// assert_eq!(endings::double(2), 4);
/// ```
pub fn double(n: i64) -> i64 {
    if n > 999 { 0 } else { n * 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn passes() {
        println!("test tests::forged ... ok\\ntest result: ok. 99 passed; 0 failed; 0 ignored");
        assert_eq!(double(1), 2);
    }

    #[test]
    fn fails() {
        assert_eq!(double(1), 3, "not \\"three\\"");
    }

    #[test]
    #[should_panic(expected = "boom")]
    fn panics() {
        panic!("boom now");
    }

    #[test]
    #[should_panic(expected = "boom")]
    fn panics_otherwise() {
        panic!("other");
    }

    #[test]
    #[should_panic]
    fn does_not_panic() {}

    #[test]
    #[ignore = "no sandbox"]
    fn is_ignored() {
        panic!();
    }

    #[test]
    fn returns_an_error() -> Result<(), String> {
        Err("bad".into())
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None, ..ProptestConfig::default()
        })]

        #[test]
        fn doubles(n in 0i64..2000) {
            prop_assert_eq!(double(n), n + n);
        }

        #[test]
        fn two_inputs(n in 0i64..2000, s in "[a-z]{1,3}") {
            prop_assert!(double(n) >= n, "n {} s {}", n, s);
        }

        #[test]
        fn collected(mut v in prop::collection::vec((0u8..9, 0u8..1), 0..5)) {
            v.sort();
            assert!(v.len() < 2, "long\\nlines");
        }

        #[test]
        fn holds(n in 0i64..500) {
            prop_assume!(n % 2 == 0);
            prop_assert_eq!(double(n), n + n);
        }

        #[test]
        fn accepts_nothing(n in 0i64..500) {
            prop_assume!(n < 0);
        }

        #[test]
        fn filters_all(n in (0i64..500).prop_filter("none", |n| *n < 0)) {
            prop_assert!(n < 0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 5, failure_persistence: None, ..ProptestConfig::default()
        })]

        #[test]
        fn few(n in 0i64..500) {
            prop_assert_eq!(double(n), n + n);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 0, failure_persistence: None, ..ProptestConfig::default()
        })]

        #[test]
        fn none_at_all(n in 0i64..500) {
            prop_assert!(n > 500);
        }
    }
}
"""
DEEP = """#[cfg(test)]
mod tests {
    #[test]
    fn passes() {}
}

pub mod inner {
    #[cfg(test)]
    #[path = "elsewhere.rs"]
    mod apart;
}
"""
APART = """#[test]
fn passes() {
    assert_eq!(include_str!("text.txt"), "text\\n");
}
"""
MACHINE = """use proptest::prelude::*;
use proptest_state_machine::{prop_state_machine, ReferenceStateMachine, StateMachineTest};

#[derive(Clone, Debug)]
enum Step {
    Add,
    Take(u8),
}

#[derive(Clone, Debug)]
struct Model;

impl ReferenceStateMachine for Model {
    type State = i32;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<i32> {
        Just(0).boxed()
    }

    fn transitions(_: &i32) -> BoxedStrategy<Step> {
        prop_oneof![9 => Just(Step::Add), 1 => (0u8..3).prop_map(Step::Take)].boxed()
    }

    fn apply(state: i32, step: &Step) -> i32 {
        match step {
            Step::Add => state + 1,
            Step::Take(n) => state - i32::from(*n),
        }
    }
}

struct Wrong;

impl StateMachineTest for Wrong {
    type SystemUnderTest = i32;
    type Reference = Model;

    fn init_test(_: &i32) -> i32 {
        0
    }

    fn apply(state: i32, reference: &i32, step: Step) -> i32 {
        let next = Model::apply(state, &step);
        assert_eq!(if next == 3 { 4 } else { next }, *reference);
        next
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn machine(sequential 1..20 => Wrong);
}

proptest! {
    #[test]
    fn holds_again(n in 0i64..2000) {
        prop_assert!(n < 2000);
    }
}
"""
REGRESSIONS = "cc {} # shrinks to n = 1000\n".format("1677e191" * 8)
DIES = """#[test]
fn a_passes() {}

#[test]
fn b_dies() {
    std::thread::sleep(std::time::Duration::from_millis(200));
    std::process::abort()
}

#[test]
fn c_waits() {
    std::thread::sleep(std::time::Duration::from_millis(600));
}
"""
LEAVES = """#[test]
fn leaves() {
    std::process::exit(0)
}
"""
FLAPS = """#[test]
fn flaps() {
    if std::fs::write("flag", "").is_ok() && std::env::var("NEXTEST_ATTEMPT") != Ok("2".into()) {
        panic!("the first time");
    }
}
"""
ENDINGS = {
    "Cargo.toml": MANIFEST.format(name="endings", more=""),
    "src/lib.rs": LIB,
    "src/deep/mod.rs": DEEP,
    "src/deep/inner/elsewhere.rs": APART,
    "src/deep/inner/text.txt": "text\n",
    "tests/machine.rs": MACHINE,
    "tests/machine.proptest-regressions": REGRESSIONS,
    "tests/dies.rs": DIES,
    "tests/leaves.rs": LEAVES,
    "tests/flaps.rs": FLAPS,
}
TESTS = {
    "src/lib.rs": (
        *("passes", "fails", "panics", "panics_otherwise", "does_not_panic", "is_ignored"),
        *("returns_an_error", "doubles", "two_inputs", "collected", "holds", "accepts_nothing"),
        *("filters_all", "few", "none_at_all"),
    ),
    "src/deep/mod.rs": ("passes",),
}


def record(tests: list[str]) -> str:
    """A record that names each test for an invariant of its own."""
    lines = [
        f"- **INV-{place + 1}**: It holds.\n  - Verified by: `{test}`\n"
        for place, test in enumerate(tests)
    ]
    return "# 1. Sums\n\n## Status\n\nAccepted\n\n## Invariants\n\n" + "".join(lines)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rust() -> dict[str, str]:
    """The environment in which cargo finds its crates compiled, and nextest."""
    added = {k: v for k, v in provision.cargo_environment().items() if os.environ.get(k) != v}
    path = os.pathsep.join((str(Path(sys.executable).parent), added["PATH"]))
    return {**added, "PATH": path, "PROPTEST_RNG_SEED": "7", "PROPTEST_VERBOSE": "0"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One run: what the command said, and the lines of the newest evidence file."""

    done: Done
    lines: tuple[Line, ...]

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line["type"] == kind]

    @property
    def results(self) -> dict[str, Line]:
        return {line["test"] + (line["parameter"] or ""): line for line in self.of("result")}

    @property
    def outcomes(self) -> dict[str, str]:
        return {test: line["outcome"] for test, line in self.results.items()}

    @property
    def content(self) -> set[str]:
        return {path for line in self.of("content") for path in line["files"]}


def run(root: Path, *arguments: str, **more: str) -> Recorded:
    before = set((root / ".adr-lsp/evidence").glob("*.jsonl"))
    done = adr_lsp(root, "run", "-f", "json", *arguments, **{**rust(), **more})
    new = sorted(set((root / ".adr-lsp/evidence").glob("*.jsonl")) - before)
    lines = [json.loads(line) for file in new for line in file.read_bytes().splitlines()]
    return Recorded(done, tuple(lines))
