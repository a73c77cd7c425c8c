/** One connection to one server process. */

import type { LogOutputChannel } from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient/node";
import type { Command } from "./command";
import { initializationOptions, SECTION, type Settings } from "./settings";

/** Records, and the tests that name them. */
export const DOCUMENTS: DocumentSelector = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/*.mdx" },
];

export interface Connection {
  readonly command: Command;
  readonly settings: Settings;
  /** Where the server starts: never in the workspace, from which an interpreter might import. */
  readonly cwd: string;
  readonly log: LogOutputChannel;
  /** Called once if the server ends without being told to. */
  readonly onLost: () => void;
}

export function createClient(connection: Connection): LanguageClient {
  const { command, cwd, log } = connection;
  const server: Executable = { command: command.program, args: [...command.words], options: { cwd } };
  const client = new LanguageClient(SECTION, "adr-lsp", server, clientOptions(connection));
  // The library pops up what goes wrong; the status item tells it instead.
  client.error = (message: string, data?: unknown): void => {
    log.error(data === undefined ? message : `${message}\n${String(data)}`);
  };
  return client;
}

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
