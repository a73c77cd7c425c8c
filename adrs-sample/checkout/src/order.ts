/** An order on its way through the checkout. */

export type State = "open" | "paid" | "shipped" | "cancelling" | "cancelled";

/** Takes money. A charge may fail before it was made, or be made while its reply is lost. */
export interface Gateway {
  charge(key: string, amount: number): void;
  refund(key: string): void;
}

export class NotAllowed extends Error {}

export class Order {
  #state: State = "open";
  readonly id: string;
  readonly amount: number;
  readonly #gateway: Gateway;

  constructor(id: string, amount: number, gateway: Gateway) {
    this.id = id;
    this.amount = amount;
    this.#gateway = gateway;
  }

  get state(): State {
    return this.#state;
  }

  /** Charges the customer. After a failure it may be called again: the key is that of the order. */
  pay(): void {
    if (this.#state === "paid") return;
    this.#from("open");
    this.#gateway.charge(this.#key(), this.amount);
    this.#state = "paid";
  }

  ship(): void {
    this.#from("paid");
    this.#state = "shipped";
  }

  /**
   * Gives back what may have been taken, whether or not the reply to a charge ever came. After a
   * failure it may be called again; nothing else is possible then.
   */
  cancel(): void {
    if (this.#state === "cancelled") return;
    this.#from("open", "paid", "cancelling");
    this.#state = "cancelling";
    this.#gateway.refund(this.#key());
    this.#state = "cancelled";
  }

  #key(): string {
    return `order-${this.id}`;
  }

  #from(...states: State[]): void {
    if (!states.includes(this.#state)) throw new NotAllowed(`the order is ${this.#state}`);
  }
}
