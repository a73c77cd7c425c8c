/** What a cart costs. Amounts are whole minor units: 1999 is 19.99. */

export type Line = { readonly sku: string; readonly unitPrice: number; readonly quantity: number };

export type Cart = { readonly lines: readonly Line[] };

export function lineTotal(line: Line): number {
  return line.unitPrice * line.quantity;
}

export function subtotal(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + lineTotal(line), 0);
}

/** The discount on an amount, rounded down: a customer never gets more than was promised. */
export function discount(amount: number, percent: number): number {
  return Math.floor((amount * percent) / 100);
}

/** What the customer pays after a discount of `percent`. */
export function total(cart: Cart, percent: number): number {
  const whole = subtotal(cart);
  return whole - discount(whole, percent);
}

/**
 * An amount shared out over the lines in proportion to what they cost, by largest remainder. Where
 * remainders are equal, the earlier line gets the unit.
 */
export function allocate(amount: number, cart: Cart): number[] {
  const whole = subtotal(cart);
  if (whole === 0) return cart.lines.map(() => 0);
  const exact = cart.lines.map((line) => amount * lineTotal(line));
  const shares = exact.map((each) => Math.floor(each / whole));
  let left = amount - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((each, index) => ({ index, remainder: each % whole }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

/** Both carts as one: quantities of one SKU at one price add up. */
export function merge(left: Cart, right: Cart): Cart {
  const lines = new Map<string, Line>();
  for (const line of [...left.lines, ...right.lines]) {
    const key = `${line.sku}@${line.unitPrice}`;
    const known = lines.get(key);
    lines.set(key, known ? { ...line, quantity: known.quantity + line.quantity } : line);
  }
  return { lines: [...lines.values()] };
}
