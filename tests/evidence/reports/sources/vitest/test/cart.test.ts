import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";

const total = (items: number[]) => items.reduce((sum, item) => sum + item, 0);
let attempts = 0;

describe("cart", () => {
  test("prices add up", () => {
    expect(total([1, 2])).toBe(3);
  });
  test("a total is never negative", () => {
    fc.assert(fc.property(fc.array(fc.integer()), (items) => total(items) >= 0), { seed: 1 });
  });
  test.todo("an empty cart costs nothing");
  test.skip("captures once", () => {});
  test("skips itself", ({ skip }) => skip("only in production"));
  test.fails("is known to fail", () => {
    expect(1).toBe(2);
  });
  test.each([[1, 1], [2, 2], [3, 4]])("%i costs %i", (one, other) => {
    expect(one).toBe(other);
  });
  describe("when empty", () => {
    test("has \"quotes\" & <signs> > and ünïcode", () => {
      expect(total([])).toBe(0);
    });
  });
  test("passes the second time", { retry: 1 }, () => {
    attempts += 1;
    expect(attempts).toBe(2);
  });
});
