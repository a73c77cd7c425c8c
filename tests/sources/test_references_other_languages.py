"""Which tests files of Go, Java, Gherkin and TLA+ hold, and which invariants they name."""

from __future__ import annotations

import pytest

from adr_lsp.sources import read
from sources.carets import check

GO = """
    // Package ledger checks transfers.
    // Verifies: ADR-0009/INV-9
                 ^^^^^^^^^^^^^^ all
    package ledger

    func check(t *testing.T) { rapid.Check(t, nil) }

    /* 😀 Verifies: ADR-0012/INV-1 */ // not at the beginning
                   ^^^^^^^^ mention
    // Verifies: ADR-0012/INV-2,
                 ^^^^^^^^^^^^^^ TestSums
    // INV-3
       ^^^^^ TestSums
    func TestSums(t *testing.T) {
        check(t)
        // Verifies: ADR-0012/INV-4
                     ^^^^^^^^^^^^^^ TestSums
        t.Run("x y [ADR-0012/INV-5]", func(t *testing.T) {})
                    ^^^^^^^^^^^^^^ TestSums
        // Verifies: ADR-0012/INV-6
                     ^^^^^^^^^^^^^^ -
        x := "Verifies: ADR-0012/INV-7"
    }
    func TestADR_0012_INV_1(t *testing.T) { rapid.Run[*machine]()(t) }
             ^^^^^^^^^^^^^^ TestADR_0012_INV_1
    func Test_adr_0012_inv_2_x(t *testing.T) { t.Repeat(actions) }
              ^^^^^^^^^^^^^^ Test_adr_0012_inv_2_x
    func FuzzParse(f *testing.F) {}
    func Testify(t *testing.T) {}
    func TestMain(m *testing.M) {}
    func TestHelper(t *testing.T, name string) {}
    func (s *Suite) TestB() {}
    func ExampleSum() {}
⇒ TestSums property
⇒ TestADR_0012_INV_1 state-machine
⇒ Test_adr_0012_inv_2_x state-machine
⇒ FuzzParse property
⇒ Suite::TestB example
⇒ ExampleSum example
"""
JAVA = """
    package org.example;
    /**
     * 😀 The cart.
     * verifies: ADR-0012/INV-1,
                 ^^^^^^^^^^^^^^ all
     *   INV-2
         ^^^^^ all
     */
    @Tag("ADR-0013/INV-1")
          ^^^^^^^^^^^^^^ all
    class CartTest {
      /** Verifies: ADR-0012/INV-3 */
                    ^^^^^^^^^^^^^^ CartTest::a
      @Test
      // Verifies: ADR-0012/INV-4
                   ^^^^^^^^^^^^^^ CartTest::a
      @DisplayName("adds 😀 [ADR-0012/INV-5]") @Tags({@Tag("ADR-0012/INV-6"), @Tag("slow")})
                            ^^^^^^^^^^^^^^ CartTest::a
                                                           ^^^^^^^^^^^^^^ CartTest::a
      void a() { cart.add(); }
      @org.junit.Test public void b() { String s = "Verifies: ADR-0012/INV-7"; }
      @Property boolean p(@ForAll int x) { return true; }
      @Property boolean q(@ForAll("actions") ActionChain<State> x) { return true; }
      @ArchTest static final ArchRule r = layers();
      @Nested class Inner { @ParameterizedTest void z() {} }
      // Verifies: ADR-0012/INV-8
                   ^^^^^^^^^^^^^^ -
      void helper() {}
    }
⇒ CartTest::a example
⇒ CartTest::b example
⇒ CartTest::p property
⇒ CartTest::q state-machine
⇒ CartTest::r static
⇒ CartTest::Inner::z example
"""
GHERKIN = """
    # language: de
    # Verifies: ADR-0012/INV-1
                ^^^^^^^^^^^^^^ all
    @ADR-0012/INV-2 @langsam # Verifies: ADR-0012/INV-3
     ^^^^^^^^^^^^^^ all
                                         ^^^^^^^^^^^^^^ all
    Funktionalität: Geld 😀
      Grundlage:
        Angenommen ein Konto
      # Verifies: ADR-0012/INV-4
                  ^^^^^^^^^^^^^^ Überweisung
      @ADR-0012/INV-5
       ^^^^^^^^^^^^^^ Überweisung
      Szenario: Überweisung
        Wenn 😀 [ADR-0012/INV-6]
        \"\"\"
        # Verifies: ADR-0012/INV-7
        \"\"\"
      @ADR-0013/INV-1
       ^^^^^^^^^^^^^^ Viele <x>; Letzte
      Regel: Summe
        # Verifies: ADR-0012/INV-8
                    ^^^^^^^^^^^^^^ -

        Szenariogrundriss: Viele <x>
          @ADR-0012/INV-9
           ^^^^^^^^^^^^^^ Viele <x>
          Beispiele:
            | x |
        Szenario:   Letzte
⇒ Überweisung example
⇒ Viele <x> example
⇒ Letzte example
"""
TLA = r"""
    ---- MODULE Ledger ----
    EXTENDS Naturals
    \* Verifies: ADR-0012/INV-1
                 ^^^^^^^^^^^^^^ Conservation
    Conservation == \A x \in {"\* Verifies: ADR-0012/INV-9"} : TRUE
    (* 😀 Verifies: nothing (* nested *)
       Verifies: ADR-0012/INV-2,
                 ^^^^^^^^^^^^^^ Sum
         INV-3 *)
         ^^^^^ Sum
    LOCAL Sum(a, b) == LET two == a
                           three == b
                       IN two + three
    \* Verifies: ADR-0012/INV-4
                 ^^^^^^^^^^^^^^ -

    Of[n \in Nat] == n
    ADR_0012_INV_1_Safe == Spec => []Conservation
    ^^^^^^^^^^^^^^ ADR_0012_INV_1_Safe
    adr_0012_inv_2 ==
    ^^^^^^^^^^^^^^ adr_0012_inv_2
      TRUE
    THEOREM Safe == Spec => []Conservation
    ====
⇒ Conservation model
⇒ Sum model
⇒ Of model
⇒ ADR_0012_INV_1_Safe model
⇒ adr_0012_inv_2 model
⇒ Safe proof
"""
FILES = {
    "ledger/ledger_test.go": GO,
    "src/test/java/org/example/CartTest.java": JAVA,
    "features/geld.feature": GHERKIN,
    "formal/Ledger.tla": TLA,
}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
@pytest.mark.parametrize("path", FILES)
def test_in_each_language(path: str, breaks: str, mark: str) -> None:
    check(path, FILES[path], breaks=breaks, mark=mark)


def test_only_files_named_for_tests_hold_tests_of_go() -> None:
    source = read(
        "ledger.go", b"package x\n// Verifies: ADR-1/INV-1\nfunc TestA(t *testing.T) {}\n"
    )
    assert source is not None
    assert not source.tests
    assert [reference.tests for reference in source.references] == [()]


def test_the_display_name_is_another_name_of_a_test() -> None:
    source = read("A.java", b'class A { @Test @DisplayName("adds up") void a() {} }')
    assert source is not None
    assert source.test("A::adds up") is source.tests[0]


@pytest.mark.parametrize(
    ("path", "before", "name"),
    [
        ("ATest.java", "class A {\n// Verifies: ADR-1/INV-1\n@Test void a() {}\n", "A::a"),
        (
            "a_test.go",
            "package a\n// Verifies: ADR-1/INV-1\nfunc TestA(t *testing.T) {}\n",
            "TestA",
        ),
        ("a.feature", "Feature: x\n# Verifies: ADR-1/INV-1\nScenario: a\n", "a"),
        ("A.tla", "---- MODULE A ----\n\\* Verifies: ADR-1/INV-1\nA == TRUE\n", "A"),
    ],
)
@pytest.mark.parametrize(
    "tail", ["@Test void b() { if (", "func (", "(* ", '"', "B ==", "Scenario", "@"]
)
def test_a_half_typed_file_keeps_its_tests(path: str, before: str, name: str, tail: str) -> None:
    source = read(path, (before + tail).encode())
    assert source is not None
    assert source.tests[0].name == name
    assert source.references[0].tests == (name,)


def test_a_scaffold_is_told_from_its_line() -> None:
    for path, text, name in (
        (
            "a_test.go",
            "// adr-lsp: scaffold\nfunc TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}",
            "TestA",
        ),
        (
            "A.java",
            'class A { @Test void a() { fail("adr-lsp: scaffold"); } @Test void b() {} }',
            "A::a",
        ),
        ("a.feature", "Feature: f\nScenario: a\n# adr-lsp: scaffold\nScenario: b\n", "b"),
        ("A.tla", "\\* adr-lsp: scaffold\nA == TRUE\nB == TRUE", "A"),
    ):
        source = read(path, text.encode())
        assert source is not None
        assert name in [test.name for test in source.tests if test.scaffold]
