/** Records › invariants › tests as VS Code's items; an item stays the same one while it means the same. */

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
  const tops = records.map((record, place) => {
    const top = placed(controller, controller.items, record.uri, record.label, record);
    top.sortText = String(place).padStart(6, "0");
    top.children.replace(
      record.invariants.map((invariant) => {
        const item = placed(controller, top.children, invariant.key, invariant.label, invariant);
        item.description = invariant.description;
        const leaves = invariant.tests.map((test) => leaf(controller, item, record, invariant, test));
        item.children.replace(leaves.map((each) => each.item));
        item.tags = leaves.length ? [RUNNABLE] : [];
        item.range = leaves.length ? lineOf(invariant) : undefined; // a button there would take the light bulb's place
        branches.push({ item, record, invariant, leaves });
        return item;
      }),
    );
    top.tags = record.invariants.some((invariant) => invariant.tests.length) ? [RUNNABLE] : [];
    return top;
  });
  controller.items.replace(tops);
  return branches;
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
