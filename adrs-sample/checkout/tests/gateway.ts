import type { Gateway } from "../src/order.ts";

export class Lost extends Error {}

/** A gateway as it is: requests get lost, replies get lost, and a key is charged once. */
export class UnreliableGateway implements Gateway {
  readonly taken = new Map<string, number>();
  charges = 0;
  next: "works" | "request lost" | "reply lost" = "works";

  charge(key: string, amount: number): void {
    this.#transmit(() => {
      if (this.taken.has(key)) return;
      this.taken.set(key, amount);
      this.charges += 1;
    });
  }

  refund(key: string): void {
    this.#transmit(() => this.taken.delete(key));
  }

  #transmit(work: () => void): void {
    const now = this.next;
    this.next = "works";
    if (now === "request lost") throw new Lost(now);
    work();
    if (now === "reply lost") throw new Lost(now);
  }
}
