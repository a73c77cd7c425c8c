"""Staleness of Rust as properties: layout never matters, and every word of code does."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adr_lsp.sources import definition_digest, what_changed
from adr_lsp.sources.code import parse
from adr_lsp.sources.definitions.passage import Passage
from adr_lsp.sources.rust.normal import PLAIN
from adr_lsp.sources.rust.reach import shape_of
from sources.project import files_of

FILES = files_of(r"""
--- src/lib.rs
#![allow(dead_code)]
use std::{collections::BTreeMap as Map, fmt::{self, Display}};
pub mod deep;
pub const RATE: f64 = 0.5;
static mut COUNT: u32 = deep::start(1) + 2;
thread_local! { static LOCAL: u32 = 3; }
macro_rules! sum { ($($x:expr),* $(,)?) => { 0 $(+ $x)* }; }
#[derive(Debug, Clone, PartialEq)]
#[serde(default = "fallback")]
pub struct Item<'a, T: Display = u8, const N: usize = 4> where T: Clone { pub name: &'a str, size: [T; N] }
pub enum Kind { One = 1, Two(u8), Three { x: i32 } }
type Pair = (u8, u16);
union Raw { a: u32, b: f32 }
pub trait Merge: Sized { const LIMIT: u32 = 9; type Out; fn merge(self, other: Self) -> Self::Out; fn twice(&self) -> u32 { 2 } }
impl<'a, T: Display + Clone> Item<'a, T> {
    const WIDE: usize = 7;
    pub fn new(name: &'a str) -> Option<Self> {
        let mut found = vec![1u8, 2, name.len() as u8];
        'outer: for (i, x) in found.iter_mut().enumerate() {
            if *x > 3 && i != 4 || !name.is_empty() { continue 'outer; } else if let Some(y) = name.get(1..=2) { break 'outer; }
            *x += 1;
        }
        while found.pop().is_some() { loop { return None; } }
        let (a, ref b) = ((found), (1,));
        match a.len() { 0 | 1 => {} n @ 2..=9 if n > 5 => unsafe { COUNT -= 1; }, _ => unreachable!("no {}", b.0) }
        let shut = move |p: u8, q| -> u8 { p ^ q };
        let item = Item { name, ..Default::default() };
        Some(item).filter(|_| shut(1, 2) == sum!(1, 2,))?.into()
    }
}
impl Merge for Kind {
    type Out = Kind;
    fn merge(self, other: Self) -> Kind { if matches!(self, Kind::One) { other } else { self } }
}
pub async fn later<F: Fn(u8) -> u8>(f: F) -> Result<u8, Box<dyn std::error::Error>> { Ok(f(read("a\n").await?) as u8) }
extern "C" { fn raw(x: i32) -> i32; }
--- src/deep.rs
pub const fn start(n: u32) -> u32 { n << 1 }
--- tests/t.rs
use app::{Item, Kind, Merge};
use proptest::prelude::*;
mod common;
const MOST: u32 = 5;
fn helper(x: u32) -> u32 { x % MOST }
proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..Default::default() })]
    /// Verifies: ADR-0001/INV-1
    #[test]
    fn merges(a in 0..9u32, (b, c) in common::pairs()) {
        prop_assume!(a != b);
        let merged = Kind::One.merge(Kind::Two(helper(a) as u8));
        prop_assert_eq!(merged, Kind::One, "at {}", c);
        prop_assert!(matches!(merged, Kind::Two(_)) && a < 9);
    }
}
--- tests/common/mod.rs
pub fn pairs() -> impl Strategy<Value = (u32, u32)> { (0..3u32, any::<u32>()) }
""")
TEST = ("tests/t.rs", "merges")
COVERED = {path: range(1, 99) for path in FILES}
COMMENT = st.text(st.characters(codec="utf-8", exclude_characters="*/\r\n\x00"), max_size=9)
VERBATIM = ("string_literal", "char_literal", "line_comment", "lifetime", "label")


def differing(path: str, text: bytes) -> list[str]:
    old = {p: t.encode() for p, t in FILES.items()}
    now = old | {path: text}
    return [str(c) for c in what_changed(*TEST, old.get, now.get, frozenset(old), COVERED)]


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Every token that is no comment, by bytes."""
    found, stack = [], [parse(text.encode(), "rust")]
    while stack:
        node = stack.pop()
        if "comment" in node.type:
            continue
        if not node.child_count or node.type in VERBATIM:
            found.append((node.start_byte, node.end_byte, node.type))
        else:
            stack.extend(node.children)
    return sorted(found)


def test_nothing_is_broken() -> None:
    assert not any(shape_of(text.encode()).broken for text in FILES.values())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_comments_and_space_change_nothing(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[path].encode()
    alone = [
        (s, e, k)
        for s, e, k in tokens(FILES[path])
        if k not in (":", "=", ".", ">", "<", "|", "&", "*")
    ]
    places = [start for start, _, _ in alone if text[start - 1 : start] in b" \n({;,"]
    for place in sorted(data.draw(st.sets(st.sampled_from(places))), reverse=True):
        block = COMMENT.map("/* {} */".format)
        said = data.draw(
            st.sampled_from(["  ", "\t", "\r\n"]) | block | COMMENT.map(" // {}\n".format)
        )
        text = text[:place] + said.encode() + text[place:]
    assert differing(path, text) == []


def test_every_word_of_code_that_counts_changes_something() -> None:
    """Nothing in what runs or is reached escapes the comparison, whatever way it is written."""
    signs = frozenset("()[]{},;#")
    for path, text in FILES.items():
        raw = text.encode()
        for start, end, kind in tokens(text):
            if kind not in signs and end > start:
                word = b"77" if kind == "integer_literal" else b"changed"
                found = differing(path, raw[:start] + word + raw[end:])
                assert found, (path, raw[start - 20 : end + 20])


ALIKE = [
    ("fn f() { g(a, b,) }", "fn f() { g(a, b) }"),
    ("fn f() -> (u8,) { (/* one */ 1,) }", "fn f() -> (u8,) { (1,) }"),
    ("fn f() { (a + b) }", "fn f() { a + b }"),
    ("fn f() { vec![1, 2,] }", "fn f() { vec![1, 2] }"),
    ("fn f() { vec![g(1,), [2,],] }", "fn f() { vec![g(1), [2]] }"),
    ("fn f() { assert_eq!(a, b,); }", "fn f() { assert_eq!(a, b); }"),
    ("const A: u32 = 1_000_u32;", "const A: u32 = 1000u32;"),
    ("struct A { a: u8, }", "struct A { a: u8 }"),
    ("fn f() { if (a) { b } }", "fn f() { if a { b } }"),
    ("/// so\nfn f() {}", "/* or so */ fn f() {}"),
    ("fn f<A, B,>(a: A,) {}", "fn f<A, B>(a: A) {}"),
    ("fn f() { match a { B => c, } }", "fn f() { match a { B => c } }"),
]
DIFFERENT = [
    ("fn f() { (a.b)(c) }", "fn f() { a.b(c) }"),
    ("fn f() { (a,) }", "fn f() { (a) }"),
    ("type A = (u8,);", "type A = (u8);"),
    ("fn f() { let (a,) = b; }", "fn f() { let (a) = b; }"),
    ("fn f() { vec![(1,)] }", "fn f() { vec![(1)] }"),
    ("fn f() { assert!(g(return (1,))) }", "fn f() { assert!(g(return (1))) }"),
    ("fn f() { vec![x in (1,)] }", "fn f() { vec![x in (1)] }"),
    ("fn f() { mine![1, 2,] }", "fn f() { mine![1, 2] }"),
    ("fn f() { a; }", "fn f() { a }"),
    ("fn f() { if a { 1 } else { 2 }; }", "fn f() { if a { 1 } else { 2 } }"),
    ("fn f() { a - (b - c) }", "fn f() { a - b - c }"),
    ("fn f() { 1u8 }", "fn f() { 1 }"),
    ("fn f() { \"a b\" }", "fn f() { \"a  b\" }"),
    ("fn f() { &mut a }", "fn f() { &a }"),
    ("fn f() { 'a: loop { break 'a } }", "fn f() { 'b: loop { break 'a } }"),
    ("fn f() { a..=b }", "fn f() { a..b }"),
    ("pub fn f() {}", "fn f() {}"),
    ("unsafe fn f() {}", "fn f() {}"),
]  # fmt: skip


def said(code: str) -> str:
    return Passage([parse(code.encode(), "rust")], PLAIN).digest


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_ways_to_write_the_same(one: str, other: str) -> None:
    assert said(one) == said(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_ways_to_write_something_else(one: str, other: str) -> None:
    assert said(one) != said(other)


def test_doc_comments_count_where_somebody_may_read_them() -> None:
    def header(code: str) -> str:
        return shape_of(code.encode()).parts["A"].header[0].digest

    for derive, counts in (("Debug, Clone", False), ("Debug, Parser", True)):
        one = f"/// first\n#[derive({derive})]\nstruct A {{\n  /// field\n  a: u8 }}"
        assert (header(one) != header(one.replace("first", "second"))) is counts
        assert (header(one) != header(one.replace("field", "more"))) is counts
        assert header(one) == header(
            one.replace("///", "// //", 0).replace("struct", "// hm\nstruct")
        )


def test_a_moved_test_keeps_its_digest() -> None:
    code = b"mod tests { use super::*; #[test] fn a() { assert!(x(1)) } #[test] fn b() {} }"
    moved = b"fn x() {}\n#[test]\nfn a() {\n    // so\n    assert!(x(1))\n}"
    one = definition_digest("src/lib.rs", code, "tests::a")
    assert one is not None
    assert one == definition_digest("tests/t.rs", moved, "a")
    assert one != definition_digest("src/lib.rs", code.replace(b"1", b"2"), "tests::a")
    assert definition_digest("src/lib.rs", code, "a") is None
    inside = b"proptest! { #[test] fn a(x in 0..9u32) { prop_assert!(x > 1) } }"
    assert definition_digest("t.rs", inside, "a") == definition_digest(
        "u.rs", b"mod m {" + inside + b"}", "m::a"
    )
    assert definition_digest("t.rs", inside, "a") != definition_digest(
        "t.rs", inside.replace(b"0..9", b"0..8"), "a"
    )


@given(st.binary() | st.text().map(str.encode))
@settings(deadline=None, max_examples=40)
def test_any_bytes_have_a_shape(raw: bytes) -> None:
    for code in (raw, b"proptest! {" + raw + b" fn a(x in 1) {} }"):
        shape_of(code)
        old, new = {"t.rs": b"#[test] fn b() {}"}, {"t.rs": code}
        assert what_changed("t.rs", "b", old.get, new.get, frozenset(old), None)
    told = {"t.rs": b"#[test] fn b() {}", "Cargo.toml": b"", "Cargo.lock": b""}
    now = told | {"Cargo.toml": raw, "Cargo.lock": raw}
    what_changed("t.rs", "b", told.get, now.get, frozenset(told), None)
    what_changed("t.rs", "b", now.get, told.get, frozenset(told), None)


def test_deep_nesting_has_a_shape() -> None:
    for deep in (
        "(" * 9000,
        "[" * 9000 + "]" * 9000,
        "x" + ".y" * 9000,
        "-" * 9000 + "1",
        "{" * 9000,
    ):
        code = f"#[test] fn b() {{ x }}\nfn f() {{ {deep} }}"
        shape_of(code.encode())
        old = {"t.rs": code.encode()}
        new = {"t.rs": code.replace("{ x }", "{ y }").encode()}
        assert what_changed("t.rs", "b", old.get, new.get, frozenset(old), None)


def test_many_comments_and_attributes_take_no_time() -> None:
    old = {"t.rs": b"#[test] fn b() {}\n" + b"#[a]\n// mod x\n\n" * 3_000 + b"mod y"}
    new = {"t.rs": old["t.rs"].replace(b"{}", b"{ 1 }")}
    assert what_changed("t.rs", "b", old.get, new.get, frozenset(old), None)


def test_a_test_in_a_macro_of_another_name_is_found() -> None:
    code = b"rusty_fork_test! { #[test] fn a() { assert!(x(1)) } }\nprop_compose! { fn c(x in 1) -> u8 { x } }"
    one = definition_digest("t.rs", code, "a")
    assert one is not None
    assert one != definition_digest("t.rs", code.replace(b"1", b"2", 1), "a")
