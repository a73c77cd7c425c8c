/** One connection to one server process. */

import type { ChildProcess } from "node:child_process";
import { type LogOutputChannel, workspace } from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  LanguageClient,
  type ExecuteCommandSignature,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
} from "vscode-languageclient/node";
import { initializationOptions, SECTION, type Settings } from "./settings";

/**
 * The ends of the names of files that the server reads. VS Code has no language for many of them, and extensions name
 * languages as they like. A test compares these with what the server reads.
 */
const ENDS = [
  ...["md", "mdx"],
  // Languages whose tests the server tells apart.
  ...["py", "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "rs", "go", "java", "feature", "tla"],
  // Languages in which a comment speaks for its file.
  ...["c", "h", "cc", "cpp", "cxx", "hpp", "hh", "m", "mm", "swift", "cs", "vb", "fs", "fsx", "php", "dart"],
  ...["proto", "groovy", "gradle", "kt", "kts", "scala", "sol", "zig", "d", "nim", "odin", "rb", "sh", "bash"],
  ...["zsh", "fish", "bats", "yaml", "yml", "toml", "tf", "hcl", "rego", "cue", "pl", "pm", "t", "r", "R", "jl"],
  ...["ex", "exs", "nix", "cmake", "graphql", "ps1", "psm1", "mk", "bzl", "star", "robot", "sql", "lua", "hs"],
  ...["elm", "adb", "ads", "vhd", "vhdl", "sv", "ml", "mli", "v", "lean", "als", "dfy", "lisp", "cl", "clj"],
  ...["cljs", "scm", "el", "rkt", "smt2", "asm", "s", "erl", "hrl", "thy", "pml", "smv", "coq"],
];
/** What is known by its whole name. */
const NAMES = [
  ...["pyproject.toml", ".importlinter", ".dependency-cruiser.json", ".dependency-cruiser.adr.json", "Makefile"],
  ...["makefile", "GNUmakefile", "Dockerfile", "Justfile", "justfile", "Rakefile"],
];

/** Records, what may verify them, and the configuration. */
export const DOCUMENTS: DocumentSelector = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", pattern: `**/*.{${ENDS.join(",")}}` },
  { scheme: "file", pattern: `**/{${NAMES.join(",")}}` },
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

const RUN = "adr-lsp.run";

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

/** As before a run from the view of tests: a run sees what is on disk. */
async function saveBeforeRun(command: string, given: unknown[], next: ExecuteCommandSignature): Promise<unknown> {
  if (command === RUN && workspace.getConfiguration("testing").get<boolean>("saveBeforeTest", true)) {
    await workspace.saveAll(false);
  }
  return next(command, given);
}

function clientOptions({ settings, log, onLost }: Connection): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    diagnosticCollectionName: SECTION,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: initializationOptions(settings),
    initializationFailedHandler: () => false,
    middleware: { executeCommand: saveBeforeRun },
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
