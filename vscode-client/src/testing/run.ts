/** Runs that a user asks for: by the server, which records the evidence; then that is what is shown. */

import type * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, ResponseError } from "vscode-languageclient/node";
import { byRoot, type Meant, names } from "./chosen";
import { filesOf } from "./coverage";
import { COVERAGE, type CoveredNode, type WrongPart } from "./protocol";

/** What went wrong besides tests that fail: as a whole, and of each test that it is about, where that is known. */
export interface Wrong {
  readonly whole: string;
  readonly byTest: ReadonlyMap<string, string>;
}

export function wrongAsAWhole(whole: string): Wrong {
  return { whole, byTest: new Map() };
}

/** Runs the meant tests, root by root. */
export async function runTools(client: LanguageClient, meant: readonly Meant[], run: vscode.TestRun): Promise<Wrong> {
  const wrong: string[] = [];
  const byTest = new Map<string, string>();
  for (const root of byRoot(meant)) {
    try {
      const asked = { command: "adr-lsp.run", arguments: [root.uri, ...names(root.meant)] };
      await client.sendRequest(ExecuteCommandRequest.type, asked, run.token);
    } catch (error) {
      wrong.push(reason(error));
      parts(error).forEach((part) => part.tests.forEach((test) => byTest.set(test, part.reason)));
    }
  }
  return { whole: wrong.join("\n"), byTest };
}

/** Shows which lines ran under the meant tests. */
export async function cover(client: LanguageClient, meant: readonly Meant[], run: vscode.TestRun): Promise<void> {
  for (const root of byRoot(meant)) {
    const keys = root.meant.map(({ branch }) => branch.invariant.key);
    const nodes = await client.sendRequest<CoveredNode[]>(COVERAGE, { uri: root.uri, keys });
    filesOf(root.meant, nodes).forEach((file) => run.addCoverage(file));
  }
}

function parts(error: unknown): readonly WrongPart[] {
  return error instanceof ResponseError && Array.isArray(error.data) ? (error.data as WrongPart[]) : [];
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
