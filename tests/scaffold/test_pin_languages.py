"""What pinning writes in TypeScript and Rust, what it refuses, and what stands in an example."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.evidence.model import Counterexample
from adr_lsp.scaffold import Refusal, example_of_failure, pin
from scaffold.memory import Files, edited, snapshot

HEAD = 'import fc from "fast-check";\nimport { test } from "vitest";\n'
CASE = "small.test.ts"
PROPERTY = "fc.property(fc.integer(), (n) => n < 3)"
MANIFEST = '[package]\nname = "ledger"\nversion = "0.1.0"\nedition = "2021"\n'
LIB = """use std::fmt;
#[derive(Debug, Clone)]
pub struct Money { pub minor: i64, pub kind: Kind }
#[derive(Debug, Clone)]
pub enum Kind { Eur, Other(String), Odd { a: u8 } }
#[derive(Debug, Clone)]
pub struct Hidden { n: u8 }
pub struct Shown { pub n: u8 }
impl fmt::Debug for Shown {}
"""
RUST = "tests/ledger.rs"
STRATEGIES = """use ledger::*;
use proptest::prelude::*;

fn moneys() -> impl Strategy<Value = Vec<Money>> { todo!() }
fn hidden() -> impl Strategy<Value = Hidden> { todo!() }
fn shown() -> BoxedStrategy<Shown> { todo!() }

"""


def after(files: Files, path: str, name: str, example: Counterexample) -> str:
    """The file after pinning, or why it is as it was; a second time changes nothing."""
    made = pin(snapshot(files), path, name, example)
    if isinstance(made, Refusal):
        return made.reason
    text = edited(files, made)[path]
    again = pin(snapshot({**files, path: text}), path, name, example)
    assert isinstance(again, Refusal)
    assert again.reason == "the counterexample is pinned already"
    return text


def in_typescript(body: str, values: dict[str, str] | None, path: str = CASE) -> str:
    text = f'{HEAD}test("small", () => {{\n  {body}\n}});\n'
    return after({path: text}, path, "small", Counterexample("[x]", values, -5, "0:1"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"fc.assert({PROPERTY});", f"fc.assert({PROPERTY}, {{ examples: [[3]] }});"),
        (f"fc.check({PROPERTY});", f"fc.check({PROPERTY}, {{ examples: [[3]] }});"),
        (f"fc.assert(\n    {PROPERTY},\n  );", f"{PROPERTY},\n    {{ examples: [[3]] }},\n  );"),
        (f"fc.assert({PROPERTY}, {{}});", "{ examples: [[3]] });"),
        (f"fc.assert({PROPERTY}, {{ seed: 1 }});", "{ seed: 1, examples: [[3]] });"),
        (f"fc.assert({PROPERTY}, {{ examples: [] }});", "{ examples: [[3]] });"),
        (f"fc.assert({PROPERTY}, {{ examples: [[1]], seed: 1 }});", "[[1], [3]], seed: 1 });"),
        (
            f"fc.assert({PROPERTY}, {{\n    examples: [\n      [1],\n    ],\n  }});",
            "examples: [\n      [1],\n      [3],\n    ],",
        ),
        (f"const p = {PROPERTY};\n  fc.assert(p);", "fc.assert(p, { examples: [[3]] });"),
        (f"fc.assert({PROPERTY}, params);", "{ ...params, examples: [[3]] });"),
        (
            f"const rows = [[1]];\n  fc.assert({PROPERTY}, {{ examples: rows }});",
            "const rows = [[1], [3]];",
        ),
        (
            f"fc.assert(fc.property(fc.nat(), (m) => m < 9));\n  fc.assert({PROPERTY});",
            f"(m) => m < 9));\n  fc.assert({PROPERTY}, {{ examples: [[3]] }});",
        ),
    ],
)
def test_an_example_joins_the_parameters_of_fast_check(body: str, expected: str) -> None:
    assert expected in in_typescript(body, {"n": "3"})
    assert expected in in_typescript(body, {"n": "3"}, "small.test.js")


def test_a_test_of_fast_check_vitest_and_the_style_of_the_file() -> None:
    prop = 'test.prop([fc.string()], { numRuns: 3 })("small", (n) => {});\n'
    text = after({CASE: prop}, CASE, "small", Counterexample("x", {"n": '"a"'}))
    assert '{ numRuns: 3, examples: [["a"]] })("small"' in text
    body = f"test('small', () => {{ fc.assert({PROPERTY}) }})\r\n"
    plain = HEAD.replace('"', "'").replace(";", "").replace("\n", "\r\n") + body
    text = after({CASE: plain}, CASE, "small", Counterexample("x", {"n": '"a"'}))
    assert "{ examples: [['a']] })" in text
    assert text.count("\r\n") == text.count("\n")


@pytest.mark.parametrize(
    "value",
    ["-0", "Number.NaN", "Number.NEGATIVE_INFINITY", "10n", '"a\\"\\n"', "[1,,2]", "undefined",
     '{"a":1,["__proto__"]:3}', 'new Date("1970-01-01T00:00:00.000Z")', "new Map([[1,2]])",
     "Uint8Array.from([1])", "null", "{__proto__:null}"],
)  # fmt: skip
def test_what_fast_check_prints_as_source_stays_as_it_is(value: str) -> None:
    assert f"examples: [[{value}]]" in in_typescript(f"fc.assert({PROPERTY});", {"n": value})


@pytest.mark.parametrize(
    "value",
    ['Symbol("a")', "new Foo(1)", "()=>1", "x", "f(1)", "1,2", '"a"]; foo(); ["b"', "", "`a`"],
)
def test_what_no_source_makes_is_refused_with_how_to_run_it_again(value: str) -> None:
    said = in_typescript(f"fc.assert({PROPERTY});", {"n": value})
    assert "cannot be written as source text; run it again with `{ seed: -5, path:" in said


def test_of_a_state_machine_the_way_to_run_it_again_is_told() -> None:
    program = Counterexample('[Add,Take /*replayPath="AB:F"*/]', None, 7, "0:1")
    text = f'{HEAD}test("small", () => {{ fc.assert({PROPERTY}) }});\n'
    said = after({CASE: text}, CASE, "small", program)
    assert said.startswith("the steps of a state machine cannot be pinned; `adr-lsp show` tells")
    assert '`{ seed: 7, path: "0:1", endOnFailure: true }`' in said
    assert said.endswith('and `fc.commands(…, { replayPath: "AB:F" })`')


def test_what_has_no_place_for_an_example_is_refused() -> None:
    assert "not told argument by argument; run" in in_typescript(f"fc.assert({PROPERTY});", None)
    assert "no property is checked in `small`" in in_typescript("check();", {"n": "3"})
    twice = f"fc.assert({PROPERTY});\n  fc.assert({PROPERTY});"
    assert "none of the properties in `small` alone" in in_typescript(twice, {"n": "3"})
    computed = f"fc.assert({PROPERTY}, {{ examples: made() }});"
    assert "the examples `made()` are computed: add [3]" in in_typescript(computed, {"n": "3"})
    assert "there is no test" in after({CASE: HEAD}, CASE, "small", Counterexample("x", {"n": "3"}))
    assert "no way yet" in after({"a.go": ""}, "a.go", "A", Counterexample("x", {"n": "3"}))


def in_rust(
    arguments: str, values: dict[str, str], body: str = "prop_assert!(true);", **more: str
) -> str:
    text = f"{STRATEGIES}proptest! {{\n    #[test]\n    fn small({arguments}) {{\n        {body}\n"
    text += "    }\n}\n"
    files = {"Cargo.toml": MANIFEST, "src/lib.rs": LIB, RUST: text, **more}
    return after(files, RUST, "small", Counterexample("x", values))


@pytest.mark.parametrize(
    ("arguments", "value", "binding"),
    [
        ("n in 0u32..10", "3", "let n: u32 = 3;"),
        ("n in 0..10", "-3", "let n = -3;"),
        ("mut n: u64", "3", "let mut n: u64 = 3;"),
        ("n in any::<Option<i8>>()", "Some(-1)", "let n: Option<i8> = Some(-1);"),
        ('n in "[a-z]+"', '"a\\n"', 'let n = String::from("a\\n");'),
        ('n in prop_oneof![Just("a"), Just("b")]', '"a"', 'let n = "a";'),
        ("n in prop::num::f64::ANY", "NaN", "let n: f64 = f64::NAN;"),
        ("n in (0..3u8, any::<bool>())", "(1, true)", "let n = (1, true);"),
        ("n: Vec<(u8, char)>", "[(1, '\\'')]", "let n: Vec<(u8, char)> = vec![(1, '\\'')];"),
        ("n: [u8; 2]", "[1, 2]", "let n: [u8; 2] = [1, 2];"),
        (
            'n in prop::collection::hash_map("a", 0i32..4, 3)',
            '{"a": 1}',
            'let n = std::collections::HashMap::from([(String::from("a"), 1)]);',
        ),
        (
            "n in moneys()",
            '[Money { minor: -1, kind: Other("a") }, Money { minor: 0, kind: Odd { a: 1 } }]',
            'let n = vec![Money { minor: -1, kind: Kind::Other(String::from("a")) }, '
            "Money { minor: 0, kind: Kind::Odd { a: 1 } }];",
        ),
    ],
)
def test_a_test_binds_the_values_before_the_body(arguments: str, value: str, binding: str) -> None:
    text = in_rust(arguments, {"n": value})
    head = "#[test]\nfn small_example_1() -> Result<(), TestCaseError> {"
    assert f"}}\n\n{head}\n    {binding}\n    prop_assert!(true);\n    Ok(())\n}}\n" in text


def test_a_body_that_cannot_fail_by_its_result_returns_none() -> None:
    text = in_rust("n in 0..10", {"n": "3"}, "assert!(n < 3)")
    assert "fn small_example_1() {\n    let n = 3;\n    assert!(n < 3)\n}\n" in text
    text = in_rust("n in 0..10", {"n": "3"}, "prop_assert!(n < 3)")
    assert "prop_assert!(n < 3);\n    Ok(())\n}" in text
    text = in_rust("n in 0..10", {"n": "3"}, 'assert!("a\n  b" < "c");')
    assert 'assert!("a\n  b" < "c");' in text[text.index("small_example_1") :]


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        ("n in hidden()", "Hidden { n: 1 }"),
        ("n in shown()", "Shown { n: 1 }"),
        ("n in (0..3).prop_map(|n| n.to_string())", '"a"'),
        ("n in other()", "[1]"),
        ("n in any::<std::time::Duration>()", "1ns"),
        ("n in 0..3", "<n>"),
    ],
)
def test_what_no_rust_makes_is_refused_with_where_it_is_kept(arguments: str, value: str) -> None:
    kept = "tests/ledger.proptest-regressions"
    said = in_rust(arguments, {"n": value}, **{kept: "cc 1"})
    assert f"`{value}` cannot be written as source text; proptest keeps it in `{kept}`" in said
    assert said.endswith("commit that file")
    ignored = {kept: "cc 1", ".gitignore": "*.proptest-regressions\n"}
    assert "which git ignores" in in_rust(arguments, {"n": value}, **ignored)


def test_a_property_that_an_attribute_makes() -> None:
    text = "#[proptest::property_test]\nfn small(n: u8, mut v: Vec<u8>) {\n    assert!(n < 3);\n}\n"
    files = {"Cargo.toml": MANIFEST, "src/lib.rs": LIB, RUST: text}
    text = after(files, RUST, "small", Counterexample("x", {"n": "3", "v": "[1]"}))
    bound = "    let n: u8 = 3;\n    let mut v: Vec<u8> = vec![1];\n    assert!(n < 3);\n}"
    assert f"#[test]\nfn small_example_1() {{\n{bound}" in text


def test_what_is_no_property_of_proptest_is_refused() -> None:
    text = "prop_state_machine! { #[test] fn small(sequential 1..20 => Wrong); }\n"
    files = {"Cargo.toml": MANIFEST, "src/lib.rs": LIB, RUST: text}
    said = after(files, RUST, "small", Counterexample("x", {"n": "3"}))
    assert "the steps of a state machine cannot be pinned" in said
    files[RUST] = "#[test]\nfn small() { assert!(false) }\n"
    said = after(files, RUST, "small", Counterexample("x", {"n": "3"}))
    assert "`small` is no property in `proptest!`" in said
    assert "argument by argument" in in_rust("(a, b) in (0..3, 0..3)", {"n": "(1, 2)"})


@settings(deadline=None, max_examples=40)
@given(text=st.text(), value=st.text(), path=st.sampled_from([CASE, RUST, "test_a.py", "a.jsx"]))
def test_no_text_makes_it_raise(text: str, value: str, path: str) -> None:
    bodies = (
        text,
        f'test("small", () => {{ fc.assert(fc.property(fc.nat(), (n) => {text})) }})',
        f"proptest! {{ #[test] fn small(n in {text}) {{ }} }}",
    )
    for body in bodies:
        files = {"Cargo.toml": MANIFEST, path: body}
        pin(snapshot(files), path, "small", Counterexample(value, {"n": value}))


RECORD = "# 1. Sums\n\n## Invariants\n\n- **INV-1**: Doubling a number gives twice it.\n"
TARGETS = {
    "test_a.py": ("sums:double", "sums.py", "def double(n: int) -> int: ...\n"),
    CASE: ("sum.ts#double", "sum.ts", "export function double(n: number): number {}\n"),
    RUST: ("ledger::double", "src/lib.rs", "pub fn double(n: i64) -> i64 { n }\n"),
}


@pytest.mark.parametrize("test", TARGETS)
def test_an_example_of_the_target_leaves_open_what_comes_out(test: str) -> None:
    target, path, code = TARGETS[test]
    record = f"{RECORD}  - Target: `{target}`\n"
    marker = {"Cargo.toml": MANIFEST, "package.json": '{"devDependencies": {"vitest": "*"}}'}
    files = {"docs/adr/0001-sums.md": record, path: code, **marker}

    def made(files: Files, value: str) -> Files | str:
        now = snapshot(files)
        found = next(iter(now.log))
        example = Counterexample("x", {"n": value})
        made = example_of_failure(now, found, found.invariants[0], test, example)
        return made.reason if isinstance(made, Refusal) else edited(files, made.edits)

    after = made(files, "-1000")
    assert isinstance(after, dict), after
    (added,) = set(after) - set(files)
    assert "adr-lsp: scaffold" in after[added]
    assert "Verifies: ADR-0001/INV-1" in after[added]
    assert "-1000" in after[added]
    assert "Verified by" in after["docs/adr/0001-sums.md"]
    assert "already stands" in made(after, "-1000")
    other = made(after, "1000")
    assert isinstance(other, dict)
    assert other[added].count("Verifies: ") == 2
