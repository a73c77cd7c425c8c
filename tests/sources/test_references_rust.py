"""Which tests a file of Rust holds, and which invariants it names."""

from __future__ import annotations

import pytest

from adr_lsp.sources import read
from sources.carets import check

MODULE = """
//! Verifies: ADR-0009/INV-9
              ^^^^^^^^^^^^^^ all
#[derive(Debug)] // see ADR-0003
                        ^^^^^^^^ mention
struct Ledger;

#[cfg(test)]
mod tests {
    use super::*;
    /// 😀 Verifies nothing here.
    /// Verifies: ADR-0012/INV-1
                  ^^^^^^^^^^^^^^ tests::sums
    /// ```
    /// Verifies: ADR-0012/INV-2
    /// ```
    #[test]
    // Verifies: ADR-0012/INV-3
                 ^^^^^^^^^^^^^^ tests::sums
    #[ignore]
    fn sums() { let s = "Verifies: ADR-0012/INV-4"; }

    // Verifies: ADR-0012/INV-5
                 ^^^^^^^^^^^^^^ -

    proptest! {
        #![proptest_config(c)]
        /// Verifies: ADR-0012/INV-6
                      ^^^^^^^^^^^^^^ tests::adr_0012_inv_1_p
        #[test]
        fn adr_0012_inv_1_p(a in 0..10u8, b: u8) { prop_assert!(a < 1); }
           ^^^^^^^^^^^^^^ tests::adr_0012_inv_1_p
        fn no(a in 0..1) {}
    }
    prop_state_machine! {
        #![proptest_config(c)]
        #[test]
        fn run(
            // Verifies: ADR-0012/INV-7
                         ^^^^^^^^^^^^^^ tests::run
            sequential 1..20 => Machine);
    }
    mod nested {
        /*! Verifies: ADR-0012/INV-8 */
                      ^^^^^^^^^^^^^^ tests::nested::z
        #[tokio::test(flavor = "current_thread")]
        async fn z() {}
    }
    quickcheck! { fn prop(xs: Vec<u32>) -> bool { true } }
}
⇒ tests::sums example
⇒ tests::adr_0012_inv_1_p property
⇒ tests::run state-machine
⇒ tests::nested::z example
⇒ tests::prop property
"""


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_modules_macros_and_attributes(breaks: str, mark: str) -> None:
    check("src/lib.rs", MODULE, breaks=breaks, mark=mark)


def test_which_functions_are_tests_and_by_which_method() -> None:
    check(
        "src/lib.rs",
        """
        fn helper() { quickcheck(holds as fn(u8) -> bool); }
        #[test] fn a() { helper() }
        #[test] fn b() { proptest!(|(x in 0..9)| { assert!(x < 9) }); }
        #[test] fn c() { let mut r = TestRunner::default(); }
        #[quickcheck] fn d(x: u8) -> bool { true }
        #[rstest] #[case(1)] fn e(#[case] x: u8) {}
        #[test_case(1; "one")] fn f(x: u8) {}
        #[cfg_attr(miri, ignore)] #[cfg_attr(not(loom), test)] pub fn g() {}
        #[cfg_attr(test, allow(dead_code))] fn no() {}
        #[kani::proof] fn h() {}
        #[test] fn r#match() { fn inner() { #[test] fn no() {} } }
        #[test] fn i() { Machine::test_sequential(c, s, t); }
        impl Ledger { fn no(&self) {} }
        macro_rules! made { () => { #[test] fn no() {} } }
⇒ a property
⇒ b property
⇒ c property
⇒ d property
⇒ e example
⇒ f example
⇒ g example
⇒ h proof
⇒ match example
⇒ i state-machine
        """.replace("\n⇒", "\n        ⇒"),
    )


def test_an_identifier_names_an_invariant_up_to_its_end_or_an_underscore() -> None:
    check(
        "tests/ledger.rs",
        """
        #[test] fn adr_0012_inv_1() {}
                   ^^^^^^^^^^^^^^ adr_0012_inv_1
        #[test] fn sums_adr_12_inv_7a_and_adr_13_inv_2() {}
                        ^^^^^^^^^^^^^ sums_adr_12_inv_7a_and_adr_13_inv_2
                                          ^^^^^^^^^^^^ sums_adr_12_inv_7a_and_adr_13_inv_2
        mod adr_0014_inv_1 { #[test] fn a() {} #[test] fn b() {} }
            ^^^^^^^^^^^^^^ adr_0014_inv_1::a; adr_0014_inv_1::b
        #[test] fn adr_0012_inv_12ab() {}
        #[test] fn adr_0012_inv_no_loss() {}
                   ^^^^^^^^^^^^^^^ adr_0012_inv_no_loss
                   ^^^^^^^^^^^^^^^^^^^^ adr_0012_inv_no_loss
        #[test] fn xadr_0012_inv_1() {}
        fn adr_0012_inv_1_helper() {}
        """,
    )


def test_a_half_typed_file_keeps_its_tests_and_modules() -> None:
    for tail in ["#[test] fn broken( {", "fn b() { if x {", "#[te", 'let s = "', "/* "]:
        text = f"mod tests {{\n// Verifies: ADR-1/INV-1\n#[test]\nfn a() {{}}\n{tail}"
        source = read("a.rs", text.encode())
        assert source is not None
        assert source.tests[0].name == "tests::a"
        assert source.references[0].tests == ("tests::a",)


def test_a_scaffold_is_told_from_its_line() -> None:
    source = read(
        "a.rs",
        b"""
        // adr-lsp: scaffold
        #[test] fn a() {}
        #[test] fn b() { todo!("adr-lsp: scaffold") }
        #[test] fn c() {}
        proptest! {
            // adr-lsp: scaffold
            #[test] fn d(x in 0..1) {}
            #[test] fn e(x in 0..1) { /* adr-lsp: scaffold */ }
        }
        """,
    )
    assert source is not None
    assert [test.name for test in source.tests if test.scaffold] == ["a", "b", "d", "e"]
