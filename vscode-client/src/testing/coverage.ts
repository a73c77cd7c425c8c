/** Which lines ran, under which test; choosing an invariant leaves those of its tests. */

import * as vscode from "vscode";
import type { Meant } from "./chosen";
import type { CoveredNode } from "./protocol";

/** One file, with the lines that ran under each item. */
export class Covered extends vscode.FileCoverage {
  constructor(
    uri: vscode.Uri,
    total: number,
    readonly byItem: ReadonlyMap<vscode.TestItem, ReadonlySet<number>>,
  ) {
    const lines = union(byItem.values());
    super(uri, new vscode.TestCoverageCount(lines.size, Math.max(total, lines.size)), undefined, undefined, [
      ...byItem.keys(),
    ]);
  }
}

/** By file, what ran under the meant tests of some invariants and so under those. */
export function filesOf(meant: readonly Meant[], nodes: readonly CoveredNode[]): Covered[] {
  const files = new Map<string, { total: number; byItem: Map<vscode.TestItem, Set<number>> }>();
  for (const node of nodes) {
    const items = itemsOf(meant, node);
    const file = files.get(node.uri) ?? { total: node.total, byItem: new Map() };
    if (items.length) {
      files.set(node.uri, file);
    }
    for (const item of items) {
      const lines = file.byItem.get(item) ?? new Set();
      node.lines.forEach((line) => lines.add(line));
      file.byItem.set(item, lines);
    }
  }
  return [...files].map(([uri, file]) => new Covered(vscode.Uri.parse(uri), file.total, file.byItem));
}

function itemsOf(meant: readonly Meant[], node: CoveredNode): vscode.TestItem[] {
  return meant
    .filter(({ branch }) => branch.invariant.key === node.key)
    .flatMap(({ branch, leaves }) => leaves.filter((leaf) => leaf.test.id === node.test).map((leaf) => [branch, leaf]))
    .flat()
    .map(({ item }) => item);
}

/** All lines that ran, or those that ran under one item. */
export function details(covered: vscode.FileCoverage, from?: vscode.TestItem): vscode.FileCoverageDetail[] {
  if (!(covered instanceof Covered)) {
    return [];
  }
  const lines = from ? (covered.byItem.get(from) ?? new Set<number>()) : union(covered.byItem.values());
  return [...lines]
    .sort((one, other) => one - other)
    .map((line) => new vscode.StatementCoverage(true, new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER)));
}

function union(sets: Iterable<ReadonlySet<number>>): Set<number> {
  return new Set([...sets].flatMap((lines) => [...lines]));
}
