/** Which tests a request means. */

import type * as vscode from "vscode";
import type { Branch, Leaf } from "./tree";

/** An invariant with those of its tests that are meant. */
export interface Meant {
  readonly branch: Branch;
  readonly leaves: readonly Leaf[];
}

/** What is at an included item or below it, and neither at an excluded one nor below it; without any included, all. */
export function chosen(branches: readonly Branch[], request: vscode.TestRunRequest): Meant[] {
  const excluded = new Set(request.exclude ?? []);
  const included = request.include && new Set(request.include);
  const isMeant = (items: readonly vscode.TestItem[]): boolean =>
    !items.some((item) => excluded.has(item)) && (!included || items.some((item) => included.has(item)));
  return branches.flatMap((branch) => {
    const above = [branch.item, ...(branch.item.parent ? [branch.item.parent] : [])];
    const leaves = branch.leaves.filter((leaf) => isMeant([leaf.item, ...above]));
    return leaves.length ? [{ branch, leaves }] : [];
  });
}

export interface OfRoot {
  /** Any record of the root. */
  readonly uri: string;
  readonly meant: Meant[];
}

/** The same by the root that they stand in. */
export function byRoot(meant: readonly Meant[]): OfRoot[] {
  const roots = new Map<string, OfRoot>();
  for (const each of meant) {
    const { record } = each.branch;
    const known = roots.get(record.root) ?? { uri: record.uri, meant: [] };
    known.meant.push(each);
    roots.set(record.root, known);
  }
  return [...roots.values()];
}

/** The invariants where all their tests are meant, else tests. */
export function names(meant: readonly Meant[]): string[] {
  const found = meant.flatMap(({ branch, leaves }) =>
    leaves.length === branch.leaves.length ? [branch.invariant.key] : leaves.map((leaf) => leaf.test.id),
  );
  return [...new Set(found)];
}
