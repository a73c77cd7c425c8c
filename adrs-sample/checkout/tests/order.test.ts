import fc from "fast-check";
import { expect, test } from "vitest";

import { NotAllowed, Order } from "../src/order.ts";
import { Lost, UnreliableGateway } from "./gateway.ts";

const AMOUNT = 1999;

type Real = { order: Order; gateway: UnreliableGateway };

/** One thing that a shop does with an order; what the checkout refuses, and what is lost, is fine. */
class Step implements fc.Command<object, Real> {
  readonly name: "pay" | "ship" | "cancel";
  readonly line: UnreliableGateway["next"];

  constructor(name: "pay" | "ship" | "cancel", line: UnreliableGateway["next"]) {
    this.name = name;
    this.line = line;
  }

  check(): boolean {
    return true;
  }

  run(_model: object, { order, gateway }: Real): void {
    gateway.next = this.line;
    try {
      order[this.name]();
    } catch (fault) {
      if (!(fault instanceof NotAllowed || fault instanceof Lost)) throw fault;
    }
    gateway.next = "works";
    expect(gateway.charges).toBeLessThanOrEqual(1);
    if (order.state === "cancelled") expect(gateway.taken.size).toBe(0);
    if (order.state === "shipped") expect([...gateway.taken.values()]).toEqual([AMOUNT]);
  }

  toString(): string {
    return this.line === "works" ? this.name : `${this.name} (${this.line})`;
  }
}

const lines = fc.constantFrom<UnreliableGateway["next"]>("works", "request lost", "reply lost");
const steps = fc.tuple(fc.constantFrom("pay", "ship", "cancel"), lines);

// Verifies: ADR-0102/INV-1, INV-2
test("no order is charged twice, none is cancelled and paid for", () => {
  fc.assert(
    fc.property(fc.commands([steps.map(([name, line]) => new Step(name, line))]), (commands) => {
      const gateway = new UnreliableGateway();
      const order = new Order("1", AMOUNT, gateway);
      fc.modelRun(() => ({ model: {}, real: { order, gateway } }), commands);
    }),
  );
});
