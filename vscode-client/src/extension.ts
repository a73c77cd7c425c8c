/** Joins VS Code's events to the server's life. */

import * as vscode from "vscode";
import { offerToChats } from "./chat";
import { DOCUMENTS } from "./client";
import { createChosen } from "./python";
import { createSession, type Session } from "./session";
import { isForStart, SECTION, tellSettings } from "./settings";
import { createStatus, showHealth } from "./status";
import { createTesting } from "./testing";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("adr-lsp", { log: true });
  const status = createStatus(DOCUMENTS as vscode.DocumentSelector);
  const serves = new vscode.EventEmitter<void>();
  const chosen = createChosen(log, () => void started.refresh());
  const started = createSession({
    home: context.extensionPath,
    chosen: chosen.interpreter,
    log,
    show: (health) => showHealth(status, health),
    onStarted: (client) => {
      testing.connect(client);
      serves.fire();
    },
  });
  const testing = createTesting(started.running, log);
  session = started;
  context.subscriptions.push(
    log,
    status,
    testing,
    chosen,
    serves,
    offerToChats(started.present, serves.event),
    vscode.commands.registerCommand("adr-lsp.restart", () => started.restart()),
    vscode.commands.registerCommand("adr-lsp.showLog", () => log.show(true)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => apply(change, started)),
  );
  void started.restart();
}

/** A server that runs takes in what it can; a setting that was changed may be what it lacked to start. */
async function apply(change: vscode.ConfigurationChangeEvent, started: Session): Promise<void> {
  if (!change.affectsConfiguration(SECTION)) {
    return;
  }
  const client = isForStart(change) ? undefined : await started.running();
  await (client ? tellSettings(client) : started.restart());
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}
