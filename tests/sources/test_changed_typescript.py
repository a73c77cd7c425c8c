"""When a TypeScript test's evidence is stale, and what it says has changed."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest

from sources.project import changes, check, edited, files_of

CART = files_of("""
--- src/cart.ts
import { tax } from "./tax.js";
import type { Shown } from "./shown";

export const RATE = 0.5, LIMIT = 1_000;
const NAMES: Record<string, string> = { a: "b" };

export interface Item { price: number }

export class Cart extends Base<Item> {
  static made = 0;
  private items: Item[] = [];
  constructor(readonly owner: string) { super(); }

  total(start = 0): number {
    return this.items.reduce((sum, item) => sum + tax(item.price), start); // ran
  }
  clear(): void {
    this.items = [];
  }
}

export function merge<T>(a: T[], b: T[]): T[] {
  return [...a, ...(b)]; // ran
}

export const double = (n: number) => n * 2;
export const api = {
  ping() { return "pong" },
  rate: RATE,
};
export function unrelated(x: number) { return x + 1 }
--- src/tax.ts
export const tax = (n: number) => {
  return n * 2 // ran
}
function lonely() { return 1 }
--- src/shown.ts
export type Shown = string;
--- src/audit.ts
import { merge } from "./cart";
console.log(merge);
--- test/arbitraries.ts
import fc from "fast-check";
export const items = () => fc.array(fc.nat());
export const others = () => fc.boolean();
const SMALL = 9;
--- test/cart.test.ts
import { describe, expect, beforeEach, it, test as base } from "vitest";
import fc from "fast-check";
import { Cart, merge } from "../src/cart";
import { items } from "./arbitraries.js";

const MOST = 20;
const OTHER = 30;
const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
function notUsed() { return 5 }
class Model {
  check() { return true }
}
const test = base.extend({ shop: async ({}, use) => { await use("shop") } });

describe("cart", () => {
  let cart: Cart;
  const start = 1;
  const idle = 2;
  beforeEach(() => {
    cart = new Cart("me");
  });
  // Verifies: ADR-0001/INV-1
  it("merge commutes", () => {
    fc.assert(fc.property(items(), (a) => {
      expect(merge(a, [start])).toEqual(sum(a));
    }), { numRuns: MOST });
  });
  it("another", () => {
    expect(OTHER).toBe(idle);
  });
  describe("deep", { retry: 1 }, () => {
    const inner = 7;
    afterEach(() => { cart.clear() });
    test("fixture", ({ shop }) => { expect(shop + inner).toBe("shop7") });
    it.each([[1, 2]])("adds %i", (a) => { expect(a).toBe(new Model()) });
  });
});
""")
TEST = "test/cart.test.ts::cart::merge commutes"
CART["src/cart.ts"] = CART["src/cart.ts"].replace("// ran", "/* # ran")
CART = {path: text.replace("/* # ran", "// # ran") for path, text in CART.items()}
CART["src/tax.ts"] = CART["src/tax.ts"].replace("// ran", "// # ran")

FRESH: dict[str, list[tuple[str, str]]] = {
    "nothing": [],
    "a comment in a covered function": [("return [...a", "/* hm */ return [...a")],
    "a comment before a covered function": [("export function merge", "/** About. */\nexport function merge")],
    "layout": [("[...a, ...(b)]", "[\n  ...a,\n  ...b,\n ]")],
    "no semicolon": [("(item.price), start);", "(item.price), start)")],
    "semicolons where they were left out": [('"pong" }', '"pong"; }'), ("return 1 }", "return 1; }")],
    "quotes": [('{ a: "b" }', "{ 'a': 'b' }")],
    "types": [
        ("Record<string, string>", "Map<string, string>"),
        ("price: number }", "price: bigint; more?: number }"),
        ("total(start = 0): number", "total(start: number = 0): bigint"),
        ("merge<T>(a: T[], b: T[]): T[]", "merge(a, b)"),
        ("Item[] = []", "Array<Item> = <any>[]"),
        ("private items", "protected readonly items"),
    ],
    "a cast": [("new Cart(\"me\")", "new Cart(\"me\" as string)!")],
    "a new type": [("export interface Item", "export type New = 1;\nexport interface Item")],
    "an import of types": [('import type { Shown } from "./shown";\n', "")],
    "parentheses around a parameter": [("(a) => {\n      expect(merge", "a => {\n      expect(merge")],
    "grouping of digits": [("1_000", "0x3E8")],
    "an unrelated body": [("x + 1", "x + 2"), ("n * 2;", "n * 3;"), ('"pong"', '"ping"')],
    "a method that did not run": [("  clear(): void {\n    this.items = [];", "  clear() {")],
    "a new function": [("export function unrelated", "function brandNew() {}\nexport function unrelated")],
    "a file that nobody imports": [("console.log(merge)", "console.log(1)")],
    "another test": [("expect(OTHER)", "expect(1)")],
    "a test less": [('it("another", () => {\n    expect(OTHER).toBe(idle);\n  });', "")],
    "a describe beside": [("const inner = 7", "const inner = 8"), ("cart.clear()", "cart.total()")],
    "a constant that it does not use": [("OTHER = 30", "OTHER = 31"), ("idle = 2", "idle = 3")],
    "a helper that it does not use": [("return 5", "return 6")],
    "a strategy that it does not use": [("fc.boolean()", "fc.nat()")],
    "the comment that names the invariant": [("ADR-0001/INV-1", "ADR-0002/INV-3")],
    "order of imports": [
        ('import fc from "fast-check";\nimport { Cart, merge } from "../src/cart";\n',
         'import { merge, Cart } from "../src/cart";\nimport fc from "fast-check";\n')
    ],
}  # fmt: skip

STALE = {
    "a covered body": ("[...a, ...(b)]", "[...b, ...a]", "covered: merge() changed"),
    "a covered method": ("sum + tax", "sum - tax", "covered: Cart.total() changed"),
    "a covered arrow": ("return n * 2 //", "return n * 3 //", "covered: tax() changed"),
    "a covered function gone": ("function merge", "function merged", "gone: merge() is gone"),
    "a constant": ("RATE = 0.5", "RATE = 0.6", "module: RATE changed"),
    "another in the same line": ("LIMIT = 1_000", "LIMIT = 1_001", "module: LIMIT changed"),
    "an unexported constant": ('{ a: "b" }', '{ a: "c" }', "module: NAMES changed"),
    "a default": ("start = 0", "start = 1", "module: Cart.total() changed"),
    "a field": ("made = 0", "made = 1", "module: Cart changed"),
    "a base class": ("extends Base<Item> ", "", "module: Cart changed"),
    "a parameter property": ("readonly owner", "owner", "module: Cart.constructor() changed"),
    "a value in a table": ("rate: RATE", "rate: LIMIT", "module: api changed"),
    "an import": ('from "./tax.js"', 'from "./shown.js"', "module: tax changed"),
    "a new method": ("  clear(", "  valueOf() {}\n  clear(", "module: Cart.valueOf() changed"),
    "a strategy in a helper module": ("fc.array(fc.nat())", "fc.array(fc.nat(3))", "reached: items() changed"),
    "a constant in a helper module": ("SMALL = 9", "SMALL = 8", "module: SMALL changed"),
    "a helper": ("a + b, 0", "a - b, 0", "reached: sum() changed"),
    "a module-level name": ("MOST = 20", "MOST = 2", "reached: MOST changed"),
    "a name of the scope": ("start = 1", "start = 2", "reached: start changed"),
    "a hook": ('new Cart("me")', 'new Cart("you")', "reached: beforeEach() changed"),
    "its body": ("toEqual(sum(a))", "toBeDefined()", "test: cart > merge commutes changed"),
    "its settings": ("numRuns: MOST", "numRuns: 1", "test: cart > merge commutes changed"),
    "the scope's settings": ('describe("cart", () =>', 'describe("cart", { retry: 2 }, () =>', "test: cart changed"),
    "where a name comes from": ("Cart, merge }", "Cart, api as merge }", "reached: merge changed"),
    "an act of the file": ("const OTHER", "vi.useFakeTimers();\nconst OTHER", "reached: test/cart.test.ts changed"),
    "a mock in another scope": ("const inner = 7", 'const inner = 7; vi.mock("../src/cart")', "reached: test/cart.test.ts changed"),
    "renamed": ('"merge commutes"', '"merging commutes"', "gone: cart::merge commutes is gone"),
    "code that does not parse": ("function unrelated(x: number) {", "function unrelated(x: number {", "unparsed: src/cart.ts changed"),
}  # fmt: skip


@pytest.mark.parametrize("edits", FRESH.values(), ids=FRESH.keys())
def test_stays_fresh(edits: list[tuple[str, str]]) -> None:
    assert changes(TEST, CART, edited(CART, *edits)) == []


@pytest.mark.parametrize(("old", "new", "expected"), STALE.values(), ids=STALE.keys())
def test_is_stale(old: str, new: str, expected: str) -> None:
    found = changes(TEST, CART, edited(CART, (old, new)))
    assert expected in found, found


def test_where_nobody_measured_every_imported_body_counts() -> None:
    check(
        TEST,
        CART,
        ("return [...a, ...(b)]", "return []", "covered: merge() changed"),
        ("x + 1", "x + 2", "covered: unrelated() changed"),
        ('"pong"', '"ping"', "covered: api.ping() changed"),
        ("return 1 }", "return 2 }", "covered: lonely() changed"),
        ("fc.boolean()", "fc.nat()", "covered: others() changed"),
        ("function unrelated", "function unrelatedNow", "gone: unrelated() is gone"),
        ("console.log(merge)", "console.log(1)", None),
        ("return 5", "return 6", None),
        measured=False,
    )


def test_tests_in_scopes_with_tables_and_fixtures() -> None:
    check(
        "test/cart.test.ts::cart::deep::adds %i",
        CART,
        ("[[1, 2]]", "[[1, 3]]", "test: cart > deep > adds %i changed"),
        ("retry: 1", "retry: 2", "test: deep changed"),
        ("cart.clear()", "cart.total()", "reached: afterEach() changed"),
        ("return true", "return false", "reached: Model.check() changed"),
        ("inner = 7", "inner = 8", None),
        ('use("shop")', 'use("other")', None),
    )
    check(
        "test/cart.test.ts::cart::deep::fixture",
        CART,
        ('use("shop")', 'use("other")', "reached: test changed"),
        ("inner = 7", "inner = 8", "reached: inner changed"),
        ("[[1, 2]]", "[[1, 3]]", None),
    )


def test_a_loop_makes_tests_that_are_apart() -> None:
    files = files_of("""
    --- a.test.js
    const cases = [1, 2];
    for (const one of cases) {
      const twice = one * 2;
      it("first", () => { expect(twice).toBe(2) });
      it("second", () => { expect(one).toBe(3) });
    }
    cases.forEach((one) => { it("third", () => expect(one).toBe(4)) });
    """)
    check(
        "a.test.js::first",
        files,
        ("[1, 2]", "[1, 3]", "reached: cases changed"),
        ("of cases", "of [3]", "test: first changed"),
        ("one * 2", "one * 3", "reached: twice changed"),
        ("toBe(3)", "toBe(5)", None),
        ("toBe(4)", "toBe(5)", None),
    )


IMPORTS = files_of("""
--- tsconfig.json
{
  // paths of the project
  "extends": "./base.json",
  "compilerOptions": { "strict": true, "target": "es2022", },
}
--- base.json
{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"], "one": ["src/one/main"] } } }
--- package.json
{ "name": "shop", "type": "module", "scripts": { "test": "vitest" }, "imports": { "#inner": "./src/inner.ts" },
  "devDependencies": { "vitest": "5.1.0" } }
--- package-lock.json
{ "packages": { "vitest": { "version": "5.1.0" } } }
--- packages/money/package.json
{ "name": "@shop/money", "exports": { ".": "./dist/index.js" } }
--- packages/money/src/index.ts
export const money = 1;
--- vitest.config.ts
import { defineConfig } from "vitest/config";
export default defineConfig({ test: { setupFiles: ["./test/setup.ts"] } });
--- test/setup.ts
import "./deeper-setup";
globalThis.x = 1;
--- test/deeper-setup.ts
globalThis.y = 2;
--- src/aliased.ts
export const aliased = 3;
--- src/one/main.ts
export const one = 4;
--- src/inner.ts
export const inner = 5;
--- src/folder/index.ts
export * from "./leaf.js";
--- src/folder/leaf.ts
export const leaf = 6;
--- src/required.cjs
module.exports = { required: 7 };
--- src/later.mjs
export const later = 8;
--- src/data.json
{ "n": 9 }
--- src/typed.ts
export const typed = 10;
--- src/mocked.ts
export const mocked = 11;
--- test/a.test.ts
import { aliased } from "@/aliased";
import { one } from "one";
import { inner } from "#inner";
import { leaf } from "../src/folder";
import { money } from "@shop/money";
import data from "../src/data.json";
import type { typed } from "../src/typed";
const required = require("../src/required.cjs");
vi.mock("../src/mocked");
it("a", async () => {
  const { later } = await import("../src/later.mjs");
  expect(aliased).toMatchSnapshot(); // # ran
});
it("b", () => { expect(1).toBe(x) });
--- test/__snapshots__/a.test.ts.snap
exports[`a 1`] = `3`;

exports[`b 1`] = `4`;
""")


def test_files_are_followed_however_they_are_imported() -> None:
    check(
        "test/a.test.ts::a",
        IMPORTS,
        ("aliased = 3", "aliased = 0", "module: aliased changed"),
        ("one = 4", "one = 0", "module: one changed"),
        ("inner = 5", "inner = 0", "module: inner changed"),
        ("leaf = 6", "leaf = 0", "module: leaf changed"),
        ("money = 1", "money = 0", "module: money changed"),
        ("required: 7", "required: 0", "module: default changed"),
        ("later = 8", "later = 0", "module: later changed"),
        ('"n": 9', '"n": 0', "module: src/data.json changed"),
        ("mocked = 11", "mocked = 0", "module: mocked changed"),
        ("typed = 10", "typed = 0", None),
        ("globalThis.x = 1", "globalThis.x = 0", "module: test/setup.ts changed"),
        ("globalThis.y = 2", "globalThis.y = 0", "module: test/deeper-setup.ts changed"),
    )


def test_settings_count_where_they_change_what_runs() -> None:
    check(
        "test/a.test.ts::a",
        IMPORTS,
        ('"strict": true', '"strict": false', None),
        ("// paths of the project", "// other", None),
        ('"target": "es2022"', '"target": "es5"', "module: tsconfig.json changed"),
        ('"one": ["src/one/main"]', '"one": ["src/inner"]', "module: base.json changed"),
        ('"scripts": { "test": "vitest" }', '"scripts": {}', None),
        ('"type": "module"', '"type": "commonjs"', "module: type of package.json changed"),
        ('{ "vitest": "5.1.0" } }', '{ "vitest": "6.0.0" } }', "module: vitest changed"),
        ('"version": "5.1.0"', '"version": "5.1.1"', "module: package-lock.json changed"),
        ("{ test: {", "{ test: { retry: 2,", "module: vitest.config.ts changed"),
        ("defineConfig({ test", "defineConfig( /* so */ { test", None),
        ("`3`;", "`0`;", "module: test/__snapshots__/a.test.ts.snap changed"),
        ("`4`;", "`0`;", None),
    )
    check("test/a.test.ts::b", IMPORTS, ("`4`;", "`0`;", None))


def test_a_configuration_that_came_counts_if_the_run_kept_settings() -> None:
    without = {path: text for path, text in IMPORTS.items() if path != "vitest.config.ts"}
    told = ["module: vitest.config.ts changed"]
    assert changes("test/a.test.ts::a", without, IMPORTS) == told
    bare = {path: text for path, text in without.items() if not path.endswith("json")}
    assert (
        changes("test/a.test.ts::a", bare, bare | {"vitest.config.ts": "export default {}"}) == []
    )


def test_an_alias_is_followed_although_the_run_kept_no_settings() -> None:
    bare = {path: text for path, text in IMPORTS.items() if not path.endswith("json")}
    edited_now = edited(bare, ("aliased = 3", "aliased = 0"))
    assert changes("test/a.test.ts::a", bare, edited_now) == ["module: aliased changed"]


def test_what_ran_as_files_were_loaded_counts_although_no_test_covers_it() -> None:
    files = files_of("""
    --- app.js
    export function build(n) { return part(n) }
    function part(n) { return n }
    function handler(n) { return n + 1 }
    class Table { constructor() { this.fill() } fill() { return 2 } other() { return 3 } }
    export const TABLE = build(1);
    export const HANDLERS = { a: handler };
    export const made = new Table();
    export function run() {
      return TABLE; // # ran
    }
    --- a.test.js
    import { run } from "./app";
    test.prop([arbitrary()])("a", () => { expect(run()).toBe(1) });
    function arbitrary() { return 4 }
    """)
    check(
        "a.test.js::a",
        files,
        ("return part(n)", "return 2", "reached: build() changed"),
        ("return n }\nfunction handler", "return 3 }\nfunction handler", "reached: part() changed"),
        ("return 2", "return 22", "reached: Table.fill() changed"),
        ("this.fill()", "this.fill(1)", "reached: Table.constructor() changed"),
        ("return 3", "return 33", None),
        ("n + 1", "n + 2", None),
        ("return 4", "return 44", "reached: arbitrary() changed"),
    )


def test_the_file_or_what_it_needs_is_gone() -> None:
    test = "test/a.test.ts::a"
    for path in ("src/aliased.ts", "test/a.test.ts"):
        without = {p: text for p, text in IMPORTS.items() if p != path}
        assert changes(test, IMPORTS, without)[0] == f"gone: {path} is gone"


def test_in_a_test_of_types_every_type_counts() -> None:
    files = files_of("""
    --- a.ts
    export type A = 1;
    --- a.test-d.ts
    import type { A } from "./a";
    test("a", () => { expectTypeOf<A>().toEqualTypeOf<1>() });
    """)
    check("a.test-d.ts::a", files, ("A = 1", "A = 2", "module: a.ts changed"))


def test_what_is_set_on_a_name_counts_for_those_who_use_it() -> None:
    files = files_of("""
    --- a.test.js
    import { cart } from "./cart";
    const table = {};
    const idle = {};
    table.rate = 3;
    idle.rate = 4;
    cart.prototype.sum = function () { return 5 };
    it("a", () => { expect(table.rate + cart.sum()).toBe(1) });
    it("b", () => { expect(2).toBe(idle) });
    """)
    check(
        "a.test.js::a",
        files,
        ("table.rate = 3", "table.rate = 33", "reached: a.test.js changed"),
        ("idle.rate = 4", "idle.rate = 44", None),
        ("return 5", "return 55", "reached: cart.sum() changed"),
    )
