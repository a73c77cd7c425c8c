/** Offers the server to chats, where VS Code has them and the server says that it has a part for them. */

import * as vscode from "vscode";
import type { Launch } from "./program";

/** A running server: what started it, and what it says of itself beyond the protocol. */
export interface Running {
  readonly launch: Launch;
  readonly experimental: unknown;
}

type Definition = new (label: string, command: string, words: string[]) => object;
interface Provider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): object[];
}
/** Newer than the oldest VS Code that we run in. */
interface Newer {
  readonly lm?: { registerMcpServerDefinitionProvider?(id: string, provider: Provider): vscode.Disposable };
  readonly McpStdioServerDefinition?: Definition;
}

const ID = "adr-lsp.server";

export function offerToChats(running: () => Running | undefined, changed: vscode.Event<void>): vscode.Disposable {
  const { lm, McpStdioServerDefinition } = vscode as unknown as Newer;
  if (!lm?.registerMcpServerDefinitionProvider || !McpStdioServerDefinition) {
    return { dispose: () => undefined };
  }
  return lm.registerMcpServerDefinitionProvider(ID, {
    onDidChangeMcpServerDefinitions: changed,
    provideMcpServerDefinitions: () => definitions(running(), McpStdioServerDefinition),
  });
}

function definitions(running: Running | undefined, Definition: Definition): object[] {
  const words = wordsOf(running?.experimental);
  return running && words ? [new Definition("adr-lsp", running.launch.program, [...running.launch.words, ...words])] : [];
}

/** `{ mcp: { words: […] } }`: the words that start the part. */
function wordsOf(experimental: unknown): string[] | undefined {
  const words = (experimental as { mcp?: { words?: unknown } } | undefined)?.mcp?.words;
  return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
}
