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
    // Folders of a workspace may lie in each other, and then a record is in both.
    const top = placed(controller, controller.items, `${record.root} ${record.uri}`, record.label, record);
    top.sortText = sorted(place);
    top.description = isAlone ? "" : path.basename(vscode.Uri.parse(record.root).fsPath);
    const own = record.invariants.map((_, at) => branch(controller, top, record, at));
    top.children.replace(own.map((each) => each.item));
    top.tags = own.some((each) => each.leaves.length) ? [RUNNABLE] : [];
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
  const item = placed(controller, top.children, id, invariant.label, invariant);
  item.sortText = sorted(at); // one without a line would stand where its name does
  item.description = invariant.description;
  const leaves = invariant.tests.map((test) => leaf(controller, item, record, invariant, test));
  item.children.replace(leaves.map((each) => each.item));
  item.tags = leaves.length ? [RUNNABLE] : [];
  item.range = leaves.length ? lineOf(invariant) : undefined; // a button there would take the light bulb's place
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
  const item = placed(controller, parent.children, test.id, test.label, test);
  item.description = test.description;
  item.tags = [RUNNABLE];
  return { item, record, invariant, test };
}

/** The item that is there already, or a new one. */
function placed(
  controller: vscode.TestController,
  among: vscode.TestItemCollection,
  id: string,
  label: string,
  place: Place,
): vscode.TestItem {
  const uri = vscode.Uri.parse(place.uri);
  const known = among.get(id);
  const same = known?.uri?.toString() === uri.toString() ? known : undefined;
  const item = same ?? controller.createTestItem(id, label, uri);
  item.label = label;
  const line = lineOf(place);
  if (!item.range?.isEqual(line)) {
    item.range = line;
  }
  return item;
}

export function lineOf(place: Place): vscode.Range {
  return new vscode.Range(place.line, 0, place.line, 0);
}
