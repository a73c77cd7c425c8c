/** Runs that a user asks for: by the server, which records the evidence; then that is what is shown. */

import type * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { byRoot, type Meant, names } from "./chosen";
import { filesOf } from "./coverage";
import { COVERAGE, type CoveredNode } from "./protocol";

/** Runs the meant tests, root by root; what went wrong besides tests that fail. */
export async function runTools(client: LanguageClient, meant: readonly Meant[], run: vscode.TestRun): Promise<string> {
  const wrong: string[] = [];
  for (const root of byRoot(meant)) {
    try {
      const asked = { command: "adr-lsp.run", arguments: [root.uri, ...names(root.meant)] };
      await client.sendRequest(ExecuteCommandRequest.type, asked, run.token);
    } catch (error) {
      wrong.push(reason(error));
    }
  }
  return wrong.join("\n");
}

/** Shows which lines ran under the meant tests. */
export async function cover(client: LanguageClient, meant: readonly Meant[], run: vscode.TestRun): Promise<void> {
  for (const root of byRoot(meant)) {
    const keys = root.meant.map(({ branch }) => branch.invariant.key);
    const nodes = await client.sendRequest<CoveredNode[]>(COVERAGE, { uri: root.uri, keys });
    filesOf(root.meant, nodes).forEach((file) => run.addCoverage(file));
  }
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
