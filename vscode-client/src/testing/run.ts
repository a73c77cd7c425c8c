/** Runs that a user asks for: by the server, which records the evidence; then that is what is shown. */

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { filesOf } from "./coverage";
import { report, say } from "./outcome";
import { COVERAGE, type CoveredNode } from "./protocol";
import { type Branch, chosen } from "./tree";
import type { View } from "./view";

/** Runs what is meant and reports it; a text says why nothing was run. */
export async function execute(
  view: View,
  client: LanguageClient | undefined,
  run: vscode.TestRun,
  request: vscode.TestRunRequest,
  covers: boolean,
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
  meant.flatMap((branch) => branch.leaves).forEach((leaf) => run.started(leaf.item));
  meant.filter((branch) => !branch.leaves.length).forEach((branch) => run.skipped(branch.item));
  const wrong = await runTools(client, meant, run.token);
  await view.refresh(client);
  const items = new Set(meant.map((branch) => branch.item));
  const after = view.branches().filter((branch) => items.has(branch.item));
  tell(run, after, before, wrong);
  if (covers && !run.token.isCancellationRequested) {
    await cover(run, client, after);
  }
  return undefined;
}

/** Runs the tests of invariants, root by root; what went wrong besides tests that fail. */
async function runTools(
  client: LanguageClient,
  meant: readonly Branch[],
  token: vscode.CancellationToken,
): Promise<string> {
  const wrong: string[] = [];
  for (const { uri, keys } of byRoot(meant)) {
    try {
      const asked = { command: "adr-lsp.run", arguments: [uri, ...keys] };
      await client.sendRequest(ExecuteCommandRequest.type, asked, token);
    } catch (error) {
      wrong.push(reason(error));
    }
  }
  return wrong.join("\n");
}

/** A test that did not run now keeps no older outcome: it has none in this run. */
function tell(
  run: vscode.TestRun,
  branches: readonly Branch[],
  before: ReadonlyMap<vscode.TestItem, string | null>,
  wrong: string,
): void {
  const cancelled = run.token.isCancellationRequested;
  for (const leaf of branches.flatMap((branch) => branch.leaves)) {
    if (leaf.test.run !== null && leaf.test.run !== before.get(leaf.item)) {
      report(run, leaf);
    } else if (wrong && !cancelled) {
      run.errored(leaf.item, new vscode.TestMessage(wrong));
    } else {
      run.skipped(leaf.item);
    }
  }
  if (wrong) {
    say(run, cancelled ? "Cancelled." : wrong);
  }
}

async function cover(run: vscode.TestRun, client: LanguageClient, branches: readonly Branch[]): Promise<void> {
  for (const { uri, keys, within } of byRoot(branches)) {
    const nodes = await client.sendRequest<CoveredNode[]>(COVERAGE, { uri, keys });
    filesOf(within, nodes).forEach((file) => run.addCoverage(file));
  }
}

interface OfRoot {
  /** Any record of the root. */
  readonly uri: string;
  readonly keys: string[];
  readonly within: Branch[];
}

/** Invariants that have tests, by the root that they stand in. */
function byRoot(branches: readonly Branch[]): OfRoot[] {
  const roots = new Map<string, OfRoot>();
  for (const branch of branches.filter((each) => each.leaves.length)) {
    const { record, invariant } = branch;
    const known = roots.get(record.root) ?? { uri: record.uri, keys: [], within: [] };
    known.keys.push(invariant.key);
    known.within.push(branch);
    roots.set(record.root, known);
  }
  return [...roots.values()];
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
