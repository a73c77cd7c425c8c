"""Every pattern over targets of many kinds: what is written is compiled, and no blank passes."""

from __future__ import annotations

from pathlib import Path

import pytest

import provision
from adr_lsp.pattern import PATTERNS
from adr_lsp.scaffold import Scaffold
from scaffold.cases import activated, write
from scaffold.memory import Files, edited, made
from scaffold.typescript.javascript_run import prepare, run, typecheck
from scaffold.typescript.test_write import ADR, VITEST, record

STATEMENT = "The total of an order is at most 20, sorted by rank; only the owner or an admin edits."
TARGETS = {
    "load": """\
export async function load(id: string, n: number): Promise<{ id: string; total: number }[]> {
  return [{ id, total: n }];
}""",
    "merge": "export function merge<T>(a: T[], b: T[]): T[] { return [...a, ...b]; }",
    "sortAll": """\
export interface Row { rank: number; key: string }
export function sortAll(rows: Row[]): void { rows.sort((a, b) => a.rank - b.rank); }""",
    "create": """\
export interface Options { name: string; size?: number; tags: Set<string> }
export function create({ name, size = 1, tags }: Options, count = 3): Map<string, number> {
  return new Map([[name, size * count + tags.size]]);
}""",
    "Store": """\
export class Store<K extends string = string> {
  private items = new Map<K, number>();
  constructor(private readonly limit: number) {}
  put(key: K, value: number): boolean {
    if (this.items.size >= this.limit) throw new RangeError("full");
    return this.items.set(key, value).size > 0;
  }
  entries(): [K, number][] { return [...this.items]; }
}""",
    "Checkout.pay": """\
export interface Gateway { charge(key: string, cents: number): Promise<{ ok: boolean }> }
export interface Clock { now(): number }
export class DeclinedError extends Error {}
export type Order = { id: string; cents: number; lines: { sku: string; qty: number }[] };
export class Checkout {
  readonly receipts: { orderId: string }[] = [];
  constructor(private readonly gateway: Gateway, private readonly clock: Clock) {}
  async pay(order: Order): Promise<void> {
    if (order.cents < this.clock.now()) throw new DeclinedError(order.id);
    await this.gateway.charge(order.id, order.cents);
    this.receipts.push({ orderId: order.id });
  }
}""",
    "Ids.next": "export class Ids { static next(prefix: string): string { return prefix; } }",
    "walk": """\
export function* walk(tree: { kids: string[] }): Generator<string> {
  yield* tree.kids;
}""",
    "api.total": """\
export const api = {
  total(prices: readonly number[]): number { return prices.reduce((a, b) => a + b, 0); },
};""",
    "canEdit": """\
export type User = { id: string; isAdmin: boolean };
export const canEdit = (user: User, owner: string): boolean =>
  user.isAdmin || user.id === owner;""",
    "nextId": "let n = 0;\nexport const nextId = (): number => ++n;",
    "step": "export const step = (result: number, keys: string[]) => keys.join(`${result}`);",
    "Money.plus": """\
export class Money {
  readonly #minor: bigint;
  constructor(minor: bigint) { this.#minor = minor; }
  plus(other: Money): Money { return new Money(this.#minor + other.#minor); }
}""",
    "Lock": """\
export class Lock {
  private held = new Set<string>();
  async acquire(owner: string): Promise<boolean> {
    return this.held.size === 0 && this.held.add(owner).size > 0;
  }
  async release(owner: string): Promise<void> { this.held.delete(owner); }
}""",
    "once": """\
export function once(effect: (key: string) => void, key: string): void {
  effect(key);
}""",
}
BLANK = 'throw new Error("not implemented: ADR-0012/INV-1")'


def written(target: str, pattern: str) -> tuple[str, Files] | None:
    invariant = f"- **INV-1** *({pattern})*: {STATEMENT}\n  - Target: `src/a.ts:{target}`"
    by_node = (len(target) + len(pattern)) % 2
    package = '{ "type": "module" }' if by_node else VITEST
    files = {ADR: record(invariant), "package.json": package, "src/a.ts": f"{TARGETS[target]}\n"}
    scaffold = made(files)
    return (
        (scaffold.path, edited(files, scaffold.edits)) if isinstance(scaffold, Scaffold) else None
    )


def project(root: Path) -> tuple[list[str], list[str]]:
    """Every scaffold, each in a folder of its own; those that leave a blank are active."""
    tests, blanks = [], []
    for n, target in enumerate(TARGETS):
        for pattern in PATTERNS:
            scaffold = written(target, pattern)
            if scaffold is None:
                continue
            path, files = scaffold
            if BLANK in files[path]:
                files[path] = activated(files[path], "")
                blanks.append(f"{n}-{pattern}/{path}")
            write(root / f"{n}-{pattern}", files)
            tests.append(f"{n}-{pattern}/{path}")
    return tests, blanks


@pytest.mark.xdist_group("typescript-matrix")
def test_what_is_written_is_compiled_and_no_blank_passes(tmp_path: Path) -> None:
    provision.need("node", "javascript")
    prepare(tmp_path)
    tests, blanks = project(tmp_path)
    assert typecheck(tmp_path, tests) == ""
    said = run(tmp_path, blanks[::4])
    kinds = {path: {outcome.kind for outcome in found.values()} for path, found in said.items()}
    assert len(blanks) > len(TARGETS)
    assert kinds == {path: {"failed"} for path in blanks[::4]}
