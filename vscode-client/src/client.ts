/** One connection to one server process. */

import type { ChildProcess } from "node:child_process";
import type { LogOutputChannel } from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { initializationOptions, SECTION, type Settings } from "./settings";

/** Languages whose tests the server tells apart; editors' extensions name some of them differently. */
const TESTED = [
  ...["python", "typescript", "typescriptreact", "javascript", "javascriptreact", "rust", "go", "java"],
  ...["cucumber", "feature", "gherkin", "tlaplus"],
];
/** Languages in which a comment speaks for its file. */
const COMMENTED = [
  ...["c", "cpp", "objective-c", "objective-cpp", "csharp", "vb", "fsharp", "swift", "kotlin", "scala", "groovy"],
  ...["dart", "php", "ruby", "perl", "lua", "r", "julia", "elixir", "erlang", "haskell", "ocaml", "clojure", "lisp"],
  ...["sql", "solidity", "zig", "nim", "d", "shellscript", "powershell", "makefile", "dockerfile", "cmake"],
  ...["yaml", "toml", "terraform", "proto3", "proto", "graphql", "nix", "starlark", "rego", "lean4", "dafny"],
];
const files = (language: string): { scheme: string; language: string } => ({ scheme: "file", language });

/** Records, what may verify them, and the configuration, for which VS Code itself has no language. */
export const DOCUMENTS: DocumentSelector = [
  files("markdown"),
  { scheme: "file", pattern: "**/*.mdx" },
  { scheme: "file", pattern: "**/{adr-lsp,pyproject}.toml" },
  ...[...TESTED, ...COMMENTED].map(files),
];

export interface Connection {
  /** Begins the server; whoever gave this ends it too, should it not end when it is asked to. */
  readonly server: () => Promise<ChildProcess>;
  readonly settings: Settings;
  readonly log: LogOutputChannel;
  /** Called once if the server ends without being told to. */
  readonly onLost: () => void;
  /** Called with what the server can do no longer. */
  readonly onTrouble: (message: string) => void;
}

export function createClient(connection: Connection): LanguageClient {
  const { server, log } = connection;
  const client = new LanguageClient(SECTION, "adr-lsp", server, clientOptions(connection));
  // The library pops up what goes wrong; the status item tells it instead.
  client.error = (message: string, data?: unknown): void => {
    log.error(data === undefined ? message : `${message}\n${String(data)}`);
  };
  client.registerFeature(HEALTH);
  client.onNotification(STATUS, (status: { message?: string }) => connection.onTrouble(status.message ?? ""));
  return client;
}

/** Says that we show how the server is, which the protocol itself has no word for. */
const STATUS = "experimental/serverStatus";
const HEALTH: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object), serverStatusNotification: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

function clientOptions({ settings, log, onLost }: Connection): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    diagnosticCollectionName: SECTION,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: initializationOptions(settings),
    initializationFailedHandler: () => false,
    diagnosticPullOptions: { onChange: settings.run === "onType", onSave: true },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        onLost();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
}
