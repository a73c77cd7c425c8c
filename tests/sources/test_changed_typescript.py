"""When a TypeScript test's evidence is stale, and what it says has changed."""

# ruff: noqa: E501  (one case a line)

from __future__ import annotations

import pytest

from sources.project import changes, edited, files_of

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
