/** Records › invariants › tests as VS Code's items; an item stays the same one while it means the same. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { InvariantNode, Place, RecordNode, TestNode } from "./protocol";

/** A test's item with what it stands for. */
export interface Leaf {
  readonly item: vscode.TestItem;
  readonly record: RecordNode;
  readonly invariant: InvariantNode;
  readonly test: TestNode;
}

/** An invariant's item with what it stands for. */
export interface Branch {
  readonly item: vscode.TestItem;
  readonly record: RecordNode;
  readonly invariant: InvariantNode;
  readonly leaves: readonly Leaf[];
}

/** What can be run: that which has tests. */
export const RUNNABLE = new vscode.TestTag("runnable");

/** Makes the controller's items those of the records; what each means. */
export function grow(controller: vscode.TestController, records: readonly RecordNode[]): Branch[] {
  const branches: Branch[] = [];
  const isAlone = new Set(records.map((record) => record.root)).size < 2;
  const tops = records.map((record, place) => {
    const hasTests = record.invariants.some((invariant) => invariant.tests.length);
    const id = `${record.root} ${record.uri}`; // folders of a workspace may lie in each other, and then a record is in both
    const top = placed(controller, controller.items, id, record.label, record.uri, hasTests ? lineOf(record) : undefined);
    top.sortText = sorted(place);
    top.description = isAlone ? "" : path.basename(vscode.Uri.parse(record.root).fsPath);
    const own = record.invariants.map((_, at) => branch(controller, top, record, at));
    top.children.replace(own.map((each) => each.item));
    top.tags = hasTests ? [RUNNABLE] : [];
    branches.push(...own);
    return top;
  });
  controller.items.replace(tops);
  return branches;
}

/** The one of a record that stands at a place among its invariants; while somebody writes, two may have one key. */
function branch(controller: vscode.TestController, top: vscode.TestItem, record: RecordNode, at: number): Branch {
  const invariant = record.invariants[at]!;
  const isFirst = record.invariants.findIndex(({ key }) => key === invariant.key) === at;
  const id = isFirst ? invariant.key : `${invariant.key} ${at}`;
  const line = invariant.tests.length ? lineOf(invariant) : undefined;
  const item = placed(controller, top.children, id, invariant.label, invariant.uri, line);
  item.sortText = sorted(at); // one without a line would stand where its name does
  item.description = invariant.description;
  const leaves = invariant.tests.map((test) => leaf(controller, item, record, invariant, test));
  item.children.replace(leaves.map((each) => each.item));
  item.tags = leaves.length ? [RUNNABLE] : [];
  return { item, record, invariant, leaves };
}

function sorted(place: number): string {
  return String(place).padStart(6, "0");
}

function leaf(
  controller: vscode.TestController,
  parent: vscode.TestItem,
  record: RecordNode,
  invariant: InvariantNode,
  test: TestNode,
): Leaf {
  const item = placed(controller, parent.children, test.id, test.label, test.uri, lineOf(test));
  item.description = test.description;
  item.tags = [RUNNABLE];
  return { item, record, invariant, test };
}

/**
 * The item that is there already, or a new one. At its line a window draws a button, where the light bulb would be; that
 * there is no line any more it hears only if the item goes.
 */
function placed(
  controller: vscode.TestController,
  among: vscode.TestItemCollection,
  id: string,
  label: string,
  place: string,
  line: vscode.Range | undefined,
): vscode.TestItem {
  const uri = vscode.Uri.parse(place);
  const known = among.get(id);
  const isSame = known?.uri?.toString() === uri.toString() && (line !== undefined || known.range === undefined);
  if (!isSame) {
    among.delete(id);
  }
  const item = known && isSame ? known : controller.createTestItem(id, label, uri);
  item.label = label;
  if (line && !item.range?.isEqual(line)) {
    item.range = line;
  }
  return item;
}

export function lineOf(place: Place): vscode.Range {
  return new vscode.Range(place.line, 0, place.line, 0);
}
