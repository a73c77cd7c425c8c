"""Which tests of Rust cannot fail, and why."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.sources import vacuity
from sources.project import files_of

NOTHING = "it asserts nothing"
CONSTANT = "its assertion holds whatever the code does"
SWALLOWED = "a failure of its assertion is swallowed"
DISCARDED = "the result of its assertion is dropped"
RETURNED = "its property returns the same whatever the code does"
ASSUMED = "it assumes what never holds"

CRATE = """
--- Cargo.toml
[package]
name = "cart"
--- src/lib.rs
pub fn total(x: u32) -> u32 { x }
pub fn guarded(x: u32) -> u32 { if x > 9 { panic!("no") } x }
pub fn validate(x: u32) -> Result<u32, String> { Ok(x) }
--- tests/common/mod.rs
pub fn first(x: u32) { second(x) }
pub fn second(x: u32) { third(x) }
pub fn third(x: u32) { fourth(x) }
pub fn fourth(x: u32) { assert!(x > 0) }
pub fn check_nothing(x: u32) -> u32 { x }
pub fn must_be(x: u32) { if x == 0 { panic!("no") } }
pub fn proved(x: u32) -> Result<(), TestCaseError> { prop_assert!(x > 0); Ok(()) }
macro_rules! same { ($a:expr, $b:expr) => { assert_eq!($a, $b) } }
macro_rules! twice { ($a:expr) => { $a + $a } }
"""


def check(body: str, expected: str | None, *, pattern: str | None = None) -> None:
    """`body` is the body of the test `a`, or a file with it."""
    code = body if "fn a(" in body else f"#[test]\nfn a() {{\n{body}\n}}\n"
    files = files_of(CRATE) | {"tests/t.rs": f"mod common;\nuse cart::*;\n{code}"}

    def read(path: str) -> bytes | None:
        return files[path].encode() if path in files else None

    found = vacuity("tests/t.rs", "a", read, frozenset(files), pattern=pattern)
    assert found == expected


@pytest.mark.parametrize(
    "body",
    [
        "assert!(x)",
        "assert!(x, \"said\");",
        "assert_eq!(x, 1);",
        "assert_ne!(x, x);",
        "assert_eq!(f(x), f(x));",
        "debug_assert!(x);",
        "insta::assert_snapshot!(x);",
        "if x { panic!() }",
        "match x { 1 => {}, _ => unreachable!() }",
        "for y in x { assert!(y); }",
        "x.iter().for_each(|y| assert!(y > 1));",
        "let f = |y| { assert!(y); }; f(1);",
        "fn inner(y: u32) { assert!(y > 1) } inner(1);",
        "proptest!(|(x in 0..9u32)| { prop_assert!(x > 1); });",
        "let _ = prop_assert!(x);",
        "runner.run(&s, |v| { prop_assert!(v > 0); Ok(()) }).unwrap();",
        "std::panic::catch_unwind(|| { assert!(x); }).unwrap();",
        "let r = std::panic::catch_unwind(|| { assert!(x); }); assert!(r.is_err());",
        "std::thread::spawn(|| { assert!(x); }).join().unwrap();",
        "validate(1).unwrap();",
        "let v = validate(1); v.expect(\"so\");",
        "cart::validate(1).unwrap_err();",
        "mock.expect_call();",
        "verify_all(x);",
        "common::same!(x, 1);",
        "fn a() -> Result<(), String> { validate(1)?; Ok(()) }",
        "fn a() -> Result<(), String> { if x { return Err(y); } Ok(()) }",
        "#[test]\n#[should_panic(expected = \"no\")]\nfn a() { guarded(10); }",
        "#[test_case(1 => 2)]\nfn a(x: u32) -> u32 { x }",
        "#[quickcheck]\nfn a(x: u32) -> bool { total(x) == x }",
        "quickcheck! { fn a(x: u32) -> bool { total(x) == x } }",
        "proptest! { #[test] fn a(x in 0..9u32) { prop_assert_eq!(total(x), x); } }",
        "proptest! { #[test] fn a(x in 0..9u32) { common::proved(x)?; } }",
        "proptest! { #[test] fn a(x in 0..9u32) { prop_assume!(x > 1); prop_assert!(x > 0); } }",
        "prop_state_machine! { #[test] fn a(sequential 1..20 => Machine); }",
        "impl StateMachineTest for M { fn apply(s: S) { assert!(s.ok()); } }\nprop_state_machine! { #[test] fn a(sequential 1..20 => M); }",
    ],
)  # fmt: skip
def test_can_fail(body: str) -> None:
    check(body, None)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", NOTHING),
        ("total(1);", NOTHING),
        ("x == 1;", NOTHING),
        ("// assert!(x)\nlet s = \"assert!(x)\";", NOTHING),
        ("fn inner() { assert!(x) }", NOTHING),
        ("return; assert!(x);", NOTHING),
        ("if false { assert!(x); }", NOTHING),
        ("let n: u32 = \"5\".parse().unwrap();", NOTHING),
        ("std::fs::read(x).expect(\"a file\");", NOTHING),
        ("guarded(3);", NOTHING),
        ("common::twice!(x);", NOTHING),
        ("fn a() -> Result<(), String> { Ok(()) }", NOTHING),
        ("proptest! { #[test] fn a(x in 0..9u32) { total(x); } }", NOTHING),
        ("impl StateMachineTest for M { fn apply(s: S) { s.push(1); } }\nprop_state_machine! { #[test] fn a(sequential 1..20 => M); }", NOTHING),
        ("assert!(true);", CONSTANT),
        ("assert!(1 == 1);", CONSTANT),
        ("assert!((x == x), \"said\");", CONSTANT),
        ("assert!(x || true);", CONSTANT),
        ("assert_eq!(x, x);", CONSTANT),
        ("assert_eq!(x.y[0], x . y [0],);", CONSTANT),
        ("assert_eq!(1, 1);", CONSTANT),
        ("proptest! { #[test] fn a(x in 0..9u32) { prop_assert!(true); } }", CONSTANT),
        ("proptest! { #[test] fn a(x in 0..9u32) { prop_assert_eq!(x, x); } }", CONSTANT),
        ("proptest!(|(x in 0..9u32)| { prop_assert_eq!(x, x); });", CONSTANT),
        ("#[quickcheck]\nfn a(x: u32) -> bool { total(x); true }", RETURNED),
        ("proptest! { #[test] fn a(x in 0..9u32) { prop_assume!(false); prop_assert!(x > 0); } }", ASSUMED),
        ("let _ = std::panic::catch_unwind(|| { assert!(x); });", SWALLOWED),
        ("std::panic::catch_unwind(|| { assert!(x); }).ok();", SWALLOWED),
        ("std::thread::spawn(|| { assert!(x); });", SWALLOWED),
        ("let _ = runner.run(&s, |v| { prop_assert!(v > 0); Ok(()) });", DISCARDED),
        ("proptest! { #[test] fn a(x in 0..9u32) { let _ = common::proved(x); } }", DISCARDED),
        ("proptest! { #[test] fn a(x in 0..9u32) { common::proved(x).ok(); } }", DISCARDED),
        ("proptest! { #[test] fn a(x in 0..9u32) { let _ = (|| { prop_assert!(x > 0); Ok(()) })(); } }", DISCARDED),
    ],
)  # fmt: skip
def test_cannot_fail(body: str, expected: str) -> None:
    check(body, expected)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("common::second(x);", None),
        ("common::first(x);", NOTHING),
        ("common::check_nothing(x);", NOTHING),
        ("common::must_be(x);", None),
        ("x.iter().for_each(common::fourth);", None),
        ("let _ = std::panic::catch_unwind(|| { common::fourth(x) });", SWALLOWED),
        ("proptest!(|(x in 0..9u32)| { common::fourth(x); });", None),
    ],
)
def test_follows_calls_into_the_project_three_deep(call: str, expected: str | None) -> None:
    check(call, expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("total(x);", None),
        ("", "it does nothing"),
        ("let _ = std::panic::catch_unwind(|| total(x));", "it swallows the failure that it looks for"),
        ("proptest! { #[test] fn a(x in 0..9u32) { total(x); } }", None),
    ],
)  # fmt: skip
def test_total_needs_no_assertion_but_may_swallow_nothing(body: str, expected: str | None) -> None:
    check(body, expected, pattern="total")


def test_says_nothing_of_what_is_not_there() -> None:
    check("fn b() {} // fn a(", None)


@given(st.binary())
@settings(deadline=None, max_examples=60)
def test_any_bytes_are_judged(raw: bytes) -> None:
    for code in (
        b"#[test] fn a() {\n" + raw + b"\n}",
        b"proptest! { fn a(x in 1) {" + raw + b"} }",
    ):
        vacuity("tests/a.rs", "a", lambda _, code=code: code, ("tests/a.rs",), pattern=None)
