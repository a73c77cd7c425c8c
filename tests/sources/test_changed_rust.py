"""When a Rust test's evidence is stale, and what it says has changed."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest

from sources.project import changes, check, edited, files_of

CART = files_of("""
--- Cargo.toml
[package]
name = "cart-pricing"
version = "0.1.0"
edition = "2021"
[dependencies]
serde = "1"
rates = { path = "rates" }
[dev-dependencies]
proptest = "1"
--- Cargo.lock
[[package]]
name = "cart-pricing"
version = "0.1.0"
dependencies = ["proptest", "serde"]
[[package]]
name = "proptest"
version = "1.12.0"
source = "registry"
[[package]]
name = "serde"
version = "1.0.1"
source = "registry"
[[package]]
name = "apart"
version = "2.0.0"
source = "registry"
--- rates/Cargo.toml
[package]
name = "rates"
--- rates/src/lib.rs
pub const BASE: u32 = 7;
pub fn rate() -> u32 {
    BASE * 2 // # ran
}
pub fn lonely() -> u32 { 1 }
--- src/lib.rs
//! Carts.
mod money;
#[path = "shown_as.rs"]
mod shown;
pub use money::Amount;

/// How many.
pub const LIMIT: u32 = 1_000;
static NAMES: [&str; 2] = ["a", "b"];
const TABLE: u32 = build(1);

const fn build(n: u32) -> u32 { n + 1 }

macro_rules! twice { ($x:expr) => { $x + $x } }

#[derive(Debug, Clone)]
pub struct Cart {
    /// What is in it.
    pub items: Vec<u32>,
}

impl Cart {
    pub fn new(items: Vec<u32>) -> Self {
        Cart { items } // # ran
    }
    pub fn total(&self, start: u32) -> u32 {
        self.items.iter().fold(start, |sum, item| (sum + item)) * rates::rate() // # ran
    }
    pub fn clear(&mut self) {
        self.items = vec![1, (2), 3];
    }
}

impl PartialEq for Cart {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items // # ran
    }
}

pub trait Merge {
    fn merge(&self, other: &Self) -> Self;
    fn twice(&self) -> u32 { 2 }
}

impl Merge for Cart {
    fn merge(&self, other: &Self) -> Self {
        Cart::new([self.items.clone(), other.items.clone()].concat()) // # ran
    }
}

pub fn unrelated(x: u32) -> u32 { x + 1 }

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn clears() { assert!(true); }
}
--- src/money.rs
pub struct Amount(pub u32);
impl std::ops::Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount { Amount(self.0 + other.0) }
}
--- src/shown_as.rs
pub const SHOWN: &str = include_str!("../data/shown.txt");
--- data/shown.txt
shown
--- src/bin/tool.rs
fn main() { println!("{}", 1) }
--- tests/common/mod.rs
use proptest::prelude::*;
pub fn carts() -> impl Strategy<Value = cart_pricing::Cart> {
    prop::collection::vec(0..9u32, 0..5).prop_map(cart_pricing::Cart::new)
}
pub fn others() -> u32 { 3 }
--- tests/cart.rs
mod common;
use cart_pricing::{Amount, Cart, LIMIT, Merge};
use proptest::prelude::*;

const MOST: u32 = 20;
const OTHER: u32 = 30;

fn sum(cart: &Cart) -> u32 { cart.items.iter().sum() }
fn not_used() -> u32 { 5 }

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    // Verifies: ADR-0001/INV-1
    #[test]
    fn merge_commutes(a in common::carts(), b in common::carts()) {
        prop_assert_eq!(sum(&a.merge(&b)), sum(&b.merge(&a)), "differs",);
        prop_assert!(a.total(0) < MOST);
    }

    #[test]
    fn other(n in 0..3u32) {
        prop_assert!(n < OTHER);
    }
}

#[test]
fn plain() {
    assert_eq!(not_used(), 5);
}
""")
TEST = "tests/cart.rs::merge_commutes"

FRESH: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "comments": [
        ("self.items == other", "// hm\n        self.items /* so */ == other"),
        ("/// How many.", "/// How many at most."),
        ("/// What is in it.\n", ""),
        ("//! Carts.", "//! Carts and more."),
        ("prop_assert!(a.total", "// yes\n        prop_assert!(a.total"),
    ],
    "layout": [("|sum, item| (sum + item)", "|\n sum,\n item\n | sum + item")],
    "trailing commas": [
        ('"differs",)', '"differs")'),
        ("(0) < MOST", "(0,) < MOST"),
        ("pub items: Vec<u32>,", "pub items: Vec<u32>"),
        ("start: u32)", "start: u32,)"),
    ],
    "grouping of digits": [("1_000", "1000")],
    "an unrelated body": [("x + 1", "x + 2"), ("u32 { 1 }", "u32 { 2 }")],
    "a method that did not run": [("vec![1, (2), 3]", "vec![]")],
    "a trait's method that did not run": [("Amount(self.0 + other.0)", "other")],
    "a new function": [("pub fn unrelated", "fn brand_new() {}\npub fn unrelated")],
    "a new method": [("    pub fn clear", "    pub fn size(&self) -> u32 { 1 }\n    pub fn clear")],
    "another order": [
        ("pub fn unrelated(x: u32) -> u32 { x + 1 }\n", ""),
        ("/// How many.", "pub fn unrelated(x: u32) -> u32 { x + 1 }\n/// How many."),
    ],
    "another program of the package": [('"{}", 1', '"{}", 2')],
    "a test in the code": [("assert!(true)", "assert!(false)")],
    "another test": [("n < OTHER", "n > OTHER"), ("OTHER: u32 = 30", "OTHER: u32 = 31")],
    "a test without a macro": [("assert_eq!(not_used(), 5)", "assert!(false)")],
    "a helper that it does not use": [("u32 { 5 }", "u32 { 6 }")],
    "a strategy that it does not use": [("u32 { 3 }", "u32 { 4 }")],
    "the comment that names the invariant": [("ADR-0001/INV-1", "ADR-0002/INV-3")],
    "grouping and order of uses": [
        ("use cart_pricing::{Amount, Cart, LIMIT, Merge};\nuse proptest::prelude::*;",
         "use proptest::prelude::{*};\nuse cart_pricing::Cart;\n"
         "use cart_pricing::{LIMIT, Merge, Amount};"),
    ],
    "the package's own version": [
        ('name = "cart-pricing"\nversion = "0.1.0"\nedition', 'name = "cart-pricing"\nversion = "0.2.0"\nedition')
    ],
    "a package that it does not need": [('version = "2.0.0"', 'version = "3.0.0"')],
}  # fmt: skip

STALE = {
    "a covered method": ("sum + item", "sum - item", "covered: Cart::total() changed"),
    "a covered method of a trait": ("clone()].concat", "clone()].no", "covered: Cart::merge() changed"),
    "a covered comparison": ("self.items == other", "self.items != other", "covered: Cart::eq() changed"),
    "a covered function of another crate": ("BASE * 2", "BASE * 3", "covered: rate() changed"),
    "a constant of another crate": ("BASE: u32 = 7", "BASE: u32 = 8", "module: BASE changed"),
    "a constant": ("LIMIT: u32 = 1_000", "LIMIT: u32 = 1_001", "module: LIMIT changed"),
    "a static": ('["a", "b"]', '["a", "c"]', "module: NAMES changed"),
    "what a constant calls": ("{ n + 1 }", "{ n + 2 }", "reached: build() changed"),
    "a macro": ("$x + $x", "$x - $x", "module: twice! changed"),
    "a field": ("pub items: Vec<u32>,", "pub items: Vec<u64>,", "module: Cart changed"),
    "a derive": ("Debug, Clone", "Debug", "module: Cart changed"),
    "a signature": ("unrelated(x: u32)", "unrelated(x: u64)", "module: unrelated() changed"),
    "a type of a trait": ("type Output = Amount", "type Output = u32", "module: impl Add for Amount changed"),
    "an implementation more": ("pub fn unrelated", "impl Drop for Cart { fn drop(&mut self) {} }\npub fn unrelated", "module: impl Drop for Cart changed"),
    "a method that hides another": ("    pub fn clear", "    pub fn merge(&self) {}\n    pub fn clear", "covered: Cart::merge() changed"),
    "a file that code holds": ("shown\n", "other\n", "module: data/shown.txt changed"),
    "a feature": ("mod money;", "#[cfg(feature = \"x\")] mod money;", "module: money changed"),
    "a strategy": ("0..9u32", "0..8u32", "reached: carts() changed"),
    "a helper": ("iter().sum()", "iter().max()", "reached: sum() changed"),
    "a constant of its file": ("MOST: u32 = 20", "MOST: u32 = 2", "reached: MOST changed"),
    "its body": ("(0) < MOST", "(0) > MOST", "test: merge_commutes() changed"),
    "an assertion gone": ("        prop_assert!(a.total(0) < MOST);\n", "", "test: merge_commutes() changed"),
    "its strategy": ("b in common::carts()", "b in common::others()", "test: merge_commutes() changed"),
    "its configuration": ("with_cases(50)", "with_cases(1)", "test: merge_commutes() changed"),
    "its attributes": ("#[test]\n    fn merge_c", "#[ignore]\n    #[test]\n    fn merge_c", "test: merge_commutes() changed"),
    "where a name comes from": ("{Amount, Cart, LIMIT, Merge}", "{Amount, Other as Cart, LIMIT, Merge}", "reached: Cart changed"),
    "renamed": ("fn merge_commutes", "fn merging", "gone: merge_commutes is gone"),
    "code that does not parse": ("pub fn unrelated(x", "pub fn unrelated(((x", "unparsed: src/lib.rs changed"),
    "a dependency": ('serde = "1"', 'serde = "2"', "module: serde changed"),
    "a locked version": ('"1.12.0"', '"1.12.1"', "module: proptest changed"),
    "the edition": ('"2021"', '"2024"', "module: package.edition changed"),
}  # fmt: skip


@pytest.mark.parametrize("edits", FRESH.values(), ids=FRESH.keys())
def test_stays_fresh(edits: list[tuple[str, str]]) -> None:
    assert changes(TEST, CART, edited(CART, *edits)) == []


@pytest.mark.parametrize(("old", "new", "expected"), STALE.values(), ids=STALE.keys())
def test_is_stale(old: str, new: str, expected: str) -> None:
    found = changes(TEST, CART, edited(CART, (old, new)))
    assert expected in found, found


def test_where_nobody_measured_every_body_of_the_crate_counts() -> None:
    check(
        TEST,
        CART,
        ("x + 1", "x + 2", "covered: unrelated() changed"),
        ("vec![1, (2), 3]", "vec![]", "covered: Cart::clear() changed"),
        ("Amount(self.0 + other.0)", "other", "covered: Amount::add() changed"),
        ("u32 { 1 }", "u32 { 2 }", "covered: lonely() changed"),
        ("assert!(true)", "assert!(false)", None),
        ('"{}", 1', '"{}", 2', None),
        ("u32 { 5 }", "u32 { 6 }", None),
        measured=False,
    )


UNIT = files_of("""
--- src/lib.rs
pub mod cart;
pub mod rates;
--- src/rates.rs
use crate::cart::round;
pub fn rate(x: u32) -> u32 {
    round(x) // # ran
}
#[cfg(test)]
mod tests {
    pub fn samples() -> u32 { 1 }
    pub fn others() -> u32 { 2 }
    #[test]
    fn rates() { assert!(true) }
}
--- src/cart.rs
use crate::rates::rate;
pub struct Cart(u32);
impl Cart {
    pub fn total(&self) -> u32 { self.0 * rate(self.0) }
    pub fn clear(&mut self) { self.0 = 0 }
}
impl Drop for Cart {
    fn drop(&mut self) { log(1) }
}
pub fn round(x: u32) -> u32 { x }
pub fn apart(x: u32) -> u32 { x + 3 }
fn log(x: u32) { let _ = x + 4; }
#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::tests::samples;
    const SIZE: u32 = 5;
    struct Unused;
    fn make() -> Cart { Cart(SIZE) }
    mod deep {
        #[test]
        fn totals() { assert_eq!(super::make().total(), super::samples()) }
    }
    #[test]
    fn clears() { Cart(9).clear() }
}
""")


@pytest.mark.parametrize("measured", [True, False])
def test_a_test_beside_the_code(measured: bool) -> None:
    check(
        "src/cart.rs::tests::deep::totals",
        UNIT,
        ("self.0 * rate", "self.0 + rate", "reached: Cart::total() changed"),
        ("self.0 = 0", "self.0 = 1", None),
        ("log(1)", "log(2)", "reached: Cart::drop() changed"),
        ("x + 4", "x + 5", "reached: log() changed"),
        ("u32 { x }", "u32 { x + 1 }", None if measured else "covered: round() changed"),
        ("x + 3", "x + 33", None),
        ("SIZE: u32 = 5", "SIZE: u32 = 6", "reached: SIZE changed"),
        ("struct Unused;", "struct Unused(u8);", None),
        ("Cart(9)", "Cart(8)", None),
        ("round(x) //", "round(x + 1) //", "covered: rate() changed"),
        (
            "u32 { 1 }",
            "u32 { 11 }",
            None if measured else "covered: tests::samples() changed",
        ),
        ("u32 { 2 }", "u32 { 22 }", None),
        ("assert!(true)", "assert!(false)", None),
        ("Cart(SIZE)", "Cart(1)", "reached: tests::make() changed"),
        ("pub mod rates;", "#[cfg(x)]\npub mod rates;", "module: rates changed"),
        measured=measured,
    )


def test_covered_code_of_the_tests_file_counts_although_the_test_does_not_name_it() -> None:
    covered = edited(
        UNIT,
        ("pub fn round(x: u32) -> u32 { x }", "pub fn round(x: u32) -> u32 {\n    x // # ran\n}"),
    )
    changed = edited(covered, ("    x // # ran", "    x + 1 // # ran"))
    found = changes("src/cart.rs::tests::deep::totals", covered, changed)
    assert found == ["covered: round() changed"]


def test_a_dependency_by_another_name_and_a_crate_without_manifest() -> None:
    files = files_of("""
    --- a/Cargo.toml
    [package]
    name = "a"
    [dependencies]
    shop = { package = "cart-kit", path = "../kit" }
    --- kit/Cargo.toml
    [package]
    name = "cart-kit"
    [lib]
    path = "lib/entry.rs"
    --- kit/lib/entry.rs
    pub const N: u32 = 1;
    --- bare/src/lib.rs
    pub const M: u32 = 2;
    --- other/src/lib.rs
    pub const O: u32 = 3;
    --- a/src/lib.rs
    pub use shop::N;
    --- a/tests/t.rs
    use bare::M;
    #[test]
    fn t() { assert_eq!(M, a::N) }
    """)
    check(
        "a/tests/t.rs::t",
        files,
        ("N: u32 = 1", "N: u32 = 0", "module: N changed"),
        ("M: u32 = 2", "M: u32 = 0", "module: M changed"),
        ("O: u32 = 3", "O: u32 = 0", None),
    )


def test_the_file_or_what_it_needs_is_gone() -> None:
    for path in ("src/money.rs", "tests/cart.rs", "data/shown.txt"):
        without = {p: text for p, text in CART.items() if p != path}
        assert changes(TEST, CART, without)[0] == f"gone: {path} is gone"
