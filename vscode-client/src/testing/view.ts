/** What is shown of records, invariants and tests, kept as the server knows it. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { report, say } from "./outcome";
import { type RecordNode, TREE } from "./protocol";
import { type Branch, grow, type Leaf } from "./tree";

export interface View {
  readonly controller: vscode.TestController;
  branches(): readonly Branch[];
  leaves(): Leaf[];
  /** Asks the server for the tree; of several that ask, the last one's answer stays. */
  refresh(client: LanguageClient): Promise<void>;
  /** Shows what runs said that were not started from here. */
  showRecorded(): void;
  /** All that the tree says of outcomes is shown; what is stale is dimmed, with all above that has nothing fresh. */
  settle(): void;
}

interface Shown {
  readonly said: string;
  readonly stale: boolean;
}

export function createView(controller: vscode.TestController): View {
  let shown = new Map<vscode.TestItem, Shown>();
  let branches: readonly Branch[] = [];
  let asked: Promise<void> = Promise.resolve();
  const leaves = (): Leaf[] => branches.flatMap((branch) => [...branch.leaves]);

  function settle(): void {
    const told = leaves().filter((leaf) => leaf.test.state !== null);
    const fresh = told.filter((leaf) => leaf.test.stale.length === 0);
    const stale = told.filter((leaf) => leaf.test.stale.length > 0);
    if (stale.length) {
      const kept = new Set(fresh.flatMap((leaf) => upwards(leaf.item)));
      const old = new Set(stale.flatMap((leaf) => upwards(leaf.item)).filter((item) => !kept.has(item)));
      controller.invalidateTestResults([...old]);
    }
    shown = new Map(told.map((leaf) => [leaf.item, shownOf(leaf)]));
  }

  return {
    controller,
    branches: () => branches,
    leaves,
    refresh(client) {
      const ask = async (): Promise<void> => {
        branches = grow(controller, await client.sendRequest<RecordNode[]>(TREE, {}));
      };
      asked = asked.then(ask, ask);
      return asked;
    },
    showRecorded() {
      const news = leaves().filter((leaf) => leaf.test.state !== null && isNews(leaf, shown.get(leaf.item)));
      if (news.length) {
        const items = news.map((leaf) => leaf.item);
        const request = new vscode.TestRunRequest(items, undefined, undefined, false, true);
        const run = controller.createTestRun(request, "From the evidence", false);
        say(run, "Nothing was started from this view: this is what the last recorded runs say.");
        news.forEach((leaf) => report(run, leaf));
        run.end();
      }
      settle();
    },
    settle,
  };
}

/** An item and those above it. */
function upwards(item: vscode.TestItem): vscode.TestItem[] {
  return [item, ...(item.parent ? upwards(item.parent) : [])];
}

function shownOf({ test }: Leaf): Shown {
  return { said: `${test.run} ${test.state}`, stale: test.stale.length > 0 };
}

/** Another outcome, or one that counts again. */
function isNews(leaf: Leaf, before: Shown | undefined): boolean {
  const now = shownOf(leaf);
  return before?.said !== now.said || (before.stale && !now.stale);
}
