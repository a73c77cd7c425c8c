/** What a user asked for in the view of tests, from the request to its outcome. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { chosen } from "./chosen";
import { debug } from "./debug";
import { report, say } from "./outcome";
import { cover, reason, runTools, type Wrong, wrongAsAWhole } from "./run";
import type { Leaf } from "./tree";
import type { View } from "./view";

export type Manner = "run" | "cover" | "debug";

/** Runs what is meant and reports it; a text says why nothing was run. */
export async function execute(
  view: View,
  client: LanguageClient | undefined,
  run: vscode.TestRun,
  request: vscode.TestRunRequest,
  manner: Manner,
): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) {
    return "This workspace is not trusted, so nothing is run in it.";
  }
  if (client === undefined) {
    return "The server does not run; its log says why.";
  }
  if (!view.branches().length) {
    await view.refresh(client);
  }
  const meant = chosen(view.branches(), request);
  const before = new Map(view.leaves().map((leaf) => [leaf.item, leaf.test.run]));
  const asked = meant.flatMap((each) => [...each.leaves]);
  asked.forEach((leaf) => run.started(leaf.item));
  const debugged = async (): Promise<Wrong> => wrongAsAWhole(await debug(client, meant, run));
  const wrong = await (manner === "debug" ? debugged() : runTools(client, meant, run));
  await view.refresh(client);
  const silent = manner === "debug" ? report : skipped;
  tell(run, view.leaves(), new Set(asked.map((leaf) => leaf.item)), before, wrong, silent);
  if (manner === "cover" && !run.token.isCancellationRequested) {
    // What a test showed stands, also where its lines are not to be had.
    await cover(client, meant, run).catch((fault: unknown) => say(run, `No lines are shown: ${reason(fault)}`));
  }
  return undefined;
}

/**
 * Whatever was recorded meanwhile is shown, also where one test verifies several invariants.
 * A test that was meant and of which nothing was recorded is `silent`: after a run it has no outcome, after debugging the
 * one that it had.
 */
function tell(
  run: vscode.TestRun,
  leaves: readonly Leaf[],
  meant: ReadonlySet<vscode.TestItem>,
  before: ReadonlyMap<vscode.TestItem, string | null>,
  wrong: Wrong,
  silent: typeof report,
): void {
  const cancelled = run.token.isCancellationRequested;
  for (const leaf of leaves) {
    const why = wrong.byTest.size ? wrong.byTest.get(leaf.test.id) : wrong.whole;
    if (leaf.test.run !== null && leaf.test.run !== before.get(leaf.item)) {
      report(run, leaf);
    } else if (meant.has(leaf.item) && why && !cancelled) {
      run.errored(leaf.item, new vscode.TestMessage(why));
    } else if (meant.has(leaf.item)) {
      silent(run, leaf);
    }
  }
  if (wrong.whole) {
    say(run, cancelled ? "Cancelled." : wrong.whole);
  }
}

function skipped(run: vscode.TestRun, leaf: Leaf): void {
  run.skipped(leaf.item);
}
