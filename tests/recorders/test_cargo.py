"""cargo test and cargo-nextest, recorded from outside: one crate, every way to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import provision
from recorders.crates import ENDINGS, TESTS, Recorded, record, run, write

ALL = [
    *(f"crate/{path}::tests::{name}" for path, names in TESTS.items() for name in names),
    "crate/src/deep/inner/elsewhere.rs::passes",
    *("crate/tests/machine.rs::machine", "crate/tests/machine.rs::holds_again"),
    *(f"crate/tests/dies.rs::{name}" for name in ("a_passes", "b_dies", "c_waits")),
    "crate/tests/leaves.rs::leaves",
    "crate/tests/flaps.rs::flaps",
]
LIB = "crate/src/lib.rs::tests"
OUTCOMES = {
    f"{LIB}::passes": "passed",
    f"{LIB}::fails": "failed",
    f"{LIB}::panics": "passed",
    f"{LIB}::panics_otherwise": "failed",
    f"{LIB}::does_not_panic": "failed",
    f"{LIB}::is_ignored": "skipped",
    f"{LIB}::returns_an_error": "failed",
    f"{LIB}::doubles": "failed",
    f"{LIB}::two_inputs": "failed",
    f"{LIB}::collected": "failed",
    f"{LIB}::holds": "passed",
    f"{LIB}::accepts_nothing": "error",
    f"{LIB}::filters_all": "error",
    f"{LIB}::few": "passed",
    f"{LIB}::none_at_all": "passed",
    "crate/src/deep/mod.rs::tests::passes": "passed",
    "crate/src/deep/inner/elsewhere.rs::passes": "passed",
    "crate/tests/machine.rs::machine": "failed",
    "crate/tests/machine.rs::holds_again": "passed",
    "crate/tests/dies.rs::b_dies": "error",
    "crate/tests/leaves.rs::leaves": "error",
}
EXAMPLES = {
    f"{LIB}::doubles": ("n = 1000", {"n": "1000"}),
    f"{LIB}::two_inputs": ('n = 1000, s = "a"', {"n": "1000", "s": '"a"'}),
    f"{LIB}::collected": ("mut v = [(0, 0), (0, 0)]", {"v": "[(0, 0), (0, 0)]"}),
    "crate/tests/machine.rs::machine": (
        "(initial_state, transitions, seen_counter) = (0, [Add, Add, Add], None)",
        None,
    ),
}


def made(root: Path, files: dict[str, str], tests: list[str]) -> Path:
    provision.need("cargo")
    write(root, {"adr-lsp.toml": "", "docs/adr/0001-sums.md": record(tests)})
    write(root / "crate", files)
    return root


def accepted(recorded: Recorded) -> dict[str, Any]:
    cases = {test: line["cases"] for test, line in recorded.results.items()}
    return {test: told and told["accepted"] for test, told in cases.items()}


def check_endings(recorded: Recorded) -> None:
    """What both tools say of the crate."""
    results = recorded.results
    assert {test: recorded.outcomes.get(test) for test in OUTCOMES} == OUTCOMES
    assert f"{LIB}::forged" not in results
    for test, (text, values) in EXAMPLES.items():
        assert results[test]["counterexample"] == {"text": text, "values": values}
    for test, code in (
        ("doubles", "prop_assert_eq!(double(n)"),
        ("fails", "assert_eq!(double(1), 3"),
    ):
        line = ENDINGS["src/lib.rs"].partition(code)[0].count("\n") + 1
        assert results[f"{LIB}::{test}"]["location"] == ["crate/src/lib.rs", line]
    assert 'not "three"' in results[f"{LIB}::fails"]["message"]
    assert "expected string" in results[f"{LIB}::panics_otherwise"]["message"]
    assert "did not panic" in results[f"{LIB}::does_not_panic"]["message"]
    assert results[f"{LIB}::returns_an_error"]["message"] == 'Error: "bad"'
    for test in ("accepts_nothing", "filters_all"):
        assert results[f"{LIB}::{test}"]["error"] == "unsatisfiable"
    assert results["crate/tests/dies.rs::b_dies"]["error"] == "crash"
    check_cases(recorded)
    assert recorded.of("end")[0]["coverage"] == "unknown"
    assert {"crate/Cargo.toml", "crate/Cargo.lock", "crate/src/deep/inner/text.txt"} < (
        recorded.content
    )
    assert not any("target/" in path for path in recorded.content)


def check_cases(recorded: Recorded) -> None:
    cases = accepted(recorded)
    assert cases[f"{LIB}::few"] == 5
    assert cases[f"{LIB}::none_at_all"] == 0
    assert cases[f"{LIB}::holds"] == 256
    assert recorded.results[f"{LIB}::holds"]["cases"]["rejected"] > 0
    assert cases[f"{LIB}::passes"] is None
    again = recorded.results["crate/tests/machine.rs::holds_again"]
    assert again["cases"]["accepted"] == 257  # that of the regression file besides
    assert again["replayed"] == [{"text": "n = 1000", "values": {"n": "1000"}}]


def test_cargo_test_tells_how_every_test_ended(tmp_path: Path) -> None:
    recorded = run(made(tmp_path, ENDINGS, ALL))
    assert recorded.done.code == 1, recorded.done.err
    check_endings(recorded)
    dies = recorded.results["crate/tests/dies.rs::b_dies"]
    assert "SIGABRT" in dies["message"]
    assert recorded.outcomes["crate/tests/flaps.rs::flaps"] == "failed"
    assert recorded.of("run")[0]["tool"] == "cargo test"
    verdicts = {each["id"]: each["verdict"] for each in recorded.done.json}
    assert verdicts[f"INV-{1 + ALL.index(f'{LIB}::few')}"] == "vacuous"
    assert verdicts[f"INV-{1 + ALL.index(f'{LIB}::none_at_all')}"] == "vacuous"
    assert "proptest: Next test input" not in recorded.done.err


def test_nextest_tells_how_every_test_ended(tmp_path: Path) -> None:
    provision.need("nextest")
    team = '[profile.default]\nretries = 1\n[profile.default.junit]\npath = "theirs.xml"\n'
    recorded = run(made(tmp_path, ENDINGS | {".config/nextest.toml": team}, ALL))
    assert recorded.done.code == 1, recorded.done.err
    assert "(.config/nextest.toml is there)" in recorded.done.err
    assert recorded.of("run")[0]["tool"] == "cargo nextest"
    flaps = recorded.results["crate/tests/flaps.rs::flaps"]
    assert (flaps["outcome"], flaps["attempts"]) == ("flaky", ["failed", "passed"])
    assert flaps["message"] == "the first time"
    for alone in ("a_passes", "c_waits"):
        assert recorded.outcomes[f"crate/tests/dies.rs::{alone}"] == "passed"
    check_endings(recorded)
    assert not (tmp_path / ".adr-lsp/run").exists()


WORKSPACE = {
    "Cargo.toml": '[workspace]\nresolver = "2"\nmembers = ["core", "shop"]\n',
    "core/Cargo.toml": '[package]\nname = "core-sums"\nversion = "0.1.0"\nedition = "2021"\n',
    "core/src/lib.rs": "pub fn add(a: i64, b: i64) -> i64 {\n    a + b\n}\n",
    "shop/Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n'
    '[dependencies]\ncore-sums = { path = "../core" }\n',
    "shop/src/main.rs": "mod cart;\n\nfn main() {\n    cart::total();\n}\n",
    "shop/src/cart.rs": "pub fn total() -> i64 {\n    core_sums::add(1, 1)\n}\n\n"
    "#[cfg(test)]\nmod tests {\n    #[test]\n    fn two() {\n"
    "        assert_eq!(super::total(), 3);\n    }\n}\n",
    "shop/tests/other.rs": "#[test]\nfn other() {\n    assert_eq!(1, 1);\n}\n",
}


def test_a_package_of_a_workspace_runs_alone_and_rests_on_those_beside_it(tmp_path: Path) -> None:
    tests = ["crate/shop/src/cart.rs::tests::two", "crate/shop/tests/other.rs::other"]
    target = str(tmp_path / "target")
    root = made(tmp_path, WORKSPACE, tests)
    recorded = run(root, CARGO_TARGET_DIR=target)
    two = recorded.results["crate/shop/src/cart.rs::tests::two"]
    assert (two["outcome"], two["location"]) == ("failed", ["crate/shop/src/cart.rs", 9])
    assert recorded.outcomes["crate/shop/tests/other.rs::other"] == "passed"
    assert "crate/core/src/lib.rs" in recorded.content
    write(root / "crate", {"core/src/lib.rs": "pub fn add(a: i64, b: i64) -> i64 {\n    a +\n}\n"})
    torn = run(root, CARGO_TARGET_DIR=target)
    errors = {line["path"]: line["message"] for line in torn.of("collect-error")}
    assert set(errors) == {"crate/core/src/lib.rs", *(test.split("::")[0] for test in tests)}
    assert "core/src/lib.rs:3: error: expected expression" in errors["crate/shop/tests/other.rs"]
    assert [each["verdict"] for each in torn.done.json] == ["error", "error"]
