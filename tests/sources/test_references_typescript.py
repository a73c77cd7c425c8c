"""Which tests files of TypeScript and JavaScript hold, and which invariants they name."""

from __future__ import annotations

import pytest

from adr_lsp.sources import read
from sources.carets import check

VITEST = """
    import { describe, expect, it, test as check } from "vitest";
    import fc from "fast-check";

    const holds = (x) => fc.assert(fc.property(fc.nat(), () => true));

    // Adds up, see ADR 3.
                    ^^^^^ mention
    // Verifies: ADR-0012/INV-1,
                 ^^^^^^^^^^^^^^ cart::adds; cart::adds %i; cart::later
    //   INV-2
         ^^^^^ cart::adds; cart::adds %i; cart::later
    describe("cart", () => {
      /** Verifies: ADR-0013/INV-3 */
                    ^^^^^^^^^^^^^^ cart::adds
      it("adds", () => { holds(1); });
      it.each([1, 2])("adds %i", (x) => {});
      // verifies: ADR-0012/INV-9 detached by the line below
                   ^^^^^^^^^^^^^^ -

      check.skip(`later`, () => {
        // Verifies: ADR-0012/INV-8
                     ^^^^^^^^^^^^^^ -
      }); // Verifies: ADR-0012/INV-7
                       ^^^^^^^^^^^^^^ -
    });
    const text = "// Verifies: ADR-0012/INV-6";
    /regex/.test("x");
    matcher.test("x", () => {});
⇒ cart::adds property
⇒ cart::adds %i example
⇒ cart::later example
"""


def test_above_a_test_and_above_a_group() -> None:
    check("src/cart.test.ts", VITEST)


@pytest.mark.parametrize("suffix", ["tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"])
def test_in_files_of_every_suffix(suffix: str) -> None:
    check(f"src/cart.test.{suffix}", VITEST)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_whatever_ends_the_lines(breaks: str, mark: str) -> None:
    check("src/cart.test.ts", VITEST, breaks=breaks, mark=mark)


def test_titles_and_tags_name_invariants() -> None:
    check(
        "a.spec.ts",
        """
        test("😀 sums [ADR-0012/INV-1, INV-2] up", async () => {});
                      ^^^^^^^^^^^^^^ 😀 sums [ADR-0012/INV-1, INV-2] up
                                      ^^^^^ 😀 sums [ADR-0012/INV-1, INV-2] up
        test('pays @ADR-0012/INV-3 once', async () => {});
                    ^^^^^^^^^^^^^^ pays @ADR-0012/INV-3 once
        test.describe("shop", { tag: "@ADR-0012/INV-4" }, () => {
                                       ^^^^^^^^^^^^^^ shop::buys
          test("buys", { tag: ["@slow", "@ADR-0012/INV-5"] }, async ({ page }) => {});
                                          ^^^^^^^^^^^^^^ shop::buys
        });
        test("mails a@ADR-0012/INV-6 and [INV-7] and [ADR 12]", () => {});
        """,
    )


def test_every_way_to_write_a_test() -> None:
    check(
        "every.test.ts",
        """
        import nodeTest, { suite } from "node:test";
        import { it as spec } from "vitest";
        import * as tools from "vitest";
        const { test: required } = require("node:test");
        test("a", () => {});
        test.only("b", () => {});
        test.todo("c");
        test.concurrent.each([[1]])("d %i", () => {});
        it.each`
          a
          ${1}
        `("e $a", () => {});
        it.skipIf(true)("f", () => {});
        it.failing("g", function () {});
        test.prop([fc.nat()])("h", (n) => n >= 0);
        xit("i", () => {});
        spec("j", () => {});
        required("k", async () => {});
        tools.test("l", () => {});
        nodeTest("m", async (t) => {
          await t.test("n", async (u) => { await u.test("o", () => {}); });
          other.test("no", () => {});
        });
        suite("p", () => { describe.each([1])("q %i", () => { it(`r`, () => {}); }); });
        describe(() => { it("s", () => {}); });
        describe(Cart, () => { it("t" + "u", () => {}); it(`v ${x}`, () => {}); });
        it('w\\'s', callback);
        test.beforeEach(() => {});
        test.step("no", () => {});
        test("no", "text");
⇒ a example
⇒ b example
⇒ c example
⇒ d %i example
⇒ e $a example
⇒ f example
⇒ g example
⇒ h property
⇒ i example
⇒ j example
⇒ k example
⇒ l example
⇒ m example
⇒ m::n example
⇒ m::n::o example
⇒ p::q %i::r example
⇒ s example
⇒ Cart::"t" + "u" example
⇒ Cart::v ${x} example
⇒ w\\'s example
        """.replace("\n⇒", "\n        ⇒"),
    )


def test_a_title_that_is_written_with_escapes_is_known_as_it_is_spoken_too() -> None:
    source = read("a.test.ts", rb"""it('it\'s a \u{1F600}', () => {}); it("a" + 'b', () => {});""")
    assert source is not None
    assert [test.aliases for test in source.tests] == [("it's a 😀",), ("ab",)]
    assert source.test("it's a 😀") is source.tests[0]


def test_machines_and_properties_also_through_helpers() -> None:
    check(
        "machine.test.ts",
        """
        import * as check from "fast-check";
        import { asyncModelRun } from "fast-check";
        function run(machine) { return again(machine); }
        async function again(machine) { check.assert(check.property(machine)); run(machine); }
        it("a", () => run(1));
        it("b", again);
        it("c", () => { check.modelRun(setup, check.commands([])); });
        it("d", async () => { await asyncModelRun(setup, cmds); });
        it("e", () => { expect(fcx.assert(1)); });
⇒ a property
⇒ b property
⇒ c state-machine
⇒ d state-machine
⇒ e example
        """.replace("\n⇒", "\n        ⇒"),
    )


def test_a_half_typed_file_keeps_its_tests_and_groups() -> None:
    for tail in ["it('c', () => { expect(", "const {a = foo(); if (", "it(", "it('c", "`${"]:
        text = f"describe('a', () => {{\n// Verifies: ADR-1/INV-1\nit('b', () => {{}});\n{tail}"
        source = read("a.test.ts", text.encode())
        assert source is not None
        assert source.tests[0].name == "a::b"
        assert source.references[0].tests == ("a::b",)


def test_a_scaffold_is_told_from_its_line() -> None:
    source = read(
        "a.test.ts",
        b"""
        // adr-lsp: scaffold
        it("a", () => {});
        it("b", () => { throw new Error("adr-lsp: scaffold"); });
        it("c", () => {});
        describe("d", () => { it("e", () => {
          // adr-lsp: scaffold
        }); it("e", () => {}); });
        """,
    )
    assert source is not None
    marked = [test.name for test in source.tests if test.scaffold]
    assert marked == ["a", "b", "d::e", "d::e"]
