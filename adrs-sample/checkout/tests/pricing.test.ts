import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { allocate, discount, lineTotal, merge, subtotal, total } from "../src/pricing.ts";
import { carts, percents } from "./carts.ts";

describe("totals", () => {
  // Verifies: ADR-0101/INV-1
  test("a total is between zero and the subtotal", () => {
    fc.assert(
      fc.property(carts, percents, (cart, percent) => {
        expect(total(cart, percent)).toBeGreaterThanOrEqual(0);
        expect(total(cart, percent)).toBeLessThanOrEqual(subtotal(cart));
      }),
    );
  });

  // Verifies: ADR-0101/INV-2
  test("a larger discount never makes a cart dearer", () => {
    fc.assert(
      fc.property(carts, percents, percents, (cart, one, other) => {
        const [smaller, larger] = one < other ? [one, other] : [other, one];
        expect(total(cart, larger)).toBeLessThanOrEqual(total(cart, smaller));
      }),
    );
  });

  // Verifies: ADR-0101/INV-3
  test.each([
    { amount: 100, percent: 33, taken: 33 },
    { amount: 199, percent: 50, taken: 99 },
    { amount: 1, percent: 99, taken: 0 },
    { amount: 0, percent: 100, taken: 0 },
  ])("$percent % of $amount takes $taken off", ({ amount, percent, taken }) => {
    expect(discount(amount, percent)).toBe(taken);
  });
});

test("the shares of an amount add up to it", () => {
  fc.assert(
    fc.property(
      carts.filter((cart) => subtotal(cart) > 0),
      fc.nat(100_000),
      (cart, amount) => {
        const shares = allocate(amount, cart);
        expect(shares).toHaveLength(cart.lines.length);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amount);
      },
    ),
  );
});

test("carts merge to the same lines either way", () => {
  const costs = (cart: ReturnType<typeof merge>) =>
    cart.lines.map((line) => `${line.sku} ${lineTotal(line)}`).sort();
  fc.assert(
    fc.property(carts, carts, (left, right) => {
      expect(costs(merge(left, right))).toEqual(costs(merge(right, left)));
    }),
  );
});
