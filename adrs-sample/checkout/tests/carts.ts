import fc from "fast-check";

import type { Cart, Line } from "../src/pricing.ts";

/** Lines with few SKUs and few prices, so that carts have lines in common. */
export const lines: fc.Arbitrary<Line> = fc.record({
  sku: fc.constantFrom("apple", "bread", "cheese"),
  unitPrice: fc.oneof(fc.constantFrom(0, 1, 33, 100), fc.integer({ min: 0, max: 100_000 })),
  quantity: fc.integer({ min: 1, max: 9 }),
});

export const carts: fc.Arbitrary<Cart> = fc.record({
  lines: fc.array(lines, { maxLength: 6 }),
});

export const percents = fc.integer({ min: 0, max: 100 });
