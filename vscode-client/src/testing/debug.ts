/** Tests under a debugger: the server says what to start, VS Code starts it, and nothing of it is evidence. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { byRoot, type Meant } from "./chosen";
import { configuration } from "./debuggers";
import { say } from "./outcome";
import { DEBUG, type LaunchNode, type NoLaunchNode } from "./protocol";
import { reason } from "./run";

const UNRECORDED = "What runs in a debugger is not recorded: run the tests to have evidence.";

/** Debugs the meant tests, one program after the other; what could not be started, and why. */
export async function debug(client: LanguageClient, meant: readonly Meant[], run: vscode.TestRun): Promise<string> {
  const wrong: string[] = [];
  for (const root of byRoot(meant)) {
    const tests = [...new Set(root.meant.flatMap(({ leaves }) => leaves.map((leaf) => leaf.test.id)))];
    try {
      const launches = await client.sendRequest<(LaunchNode | NoLaunchNode)[]>(DEBUG, { uri: root.uri, tests });
      for (const launch of launches) {
        wrong.push(await start(launch, vscode.Uri.parse(root.uri), run));
      }
    } catch (error) {
      wrong.push(reason(error));
    }
  }
  return wrong.filter(Boolean).join("\n");
}

async function start(launch: LaunchNode | NoLaunchNode, record: vscode.Uri, run: vscode.TestRun): Promise<string> {
  if (run.token.isCancellationRequested) {
    return "";
  }
  if ("reason" in launch) {
    return launch.tool ? `${launch.tool}: ${launch.reason}` : launch.reason;
  }
  const configured = configuration(launch, `${launch.tool}: ${launch.tests.join(", ")}`);
  if (typeof configured === "string") {
    return configured;
  }
  say(run, UNRECORDED);
  return session(configured, vscode.workspace.getWorkspaceFolder(record), run);
}

/** Until the session has ended, by itself or by the user; a text says why there was none. */
async function session(
  configured: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
  run: vscode.TestRun,
): Promise<string> {
  const mark = `${Date.now()}-${Math.random()}`;
  const isOurs = (one: vscode.DebugSession): boolean => !one.parentSession && one.configuration["adr-lsp"] === mark;
  const listeners: vscode.Disposable[] = [];
  const ended = new Promise<void>((resolve) => {
    listeners.push(
      vscode.debug.onDidTerminateDebugSession((one) => (isOurs(one) ? resolve() : undefined)),
      vscode.debug.onDidStartDebugSession((one) => {
        if (isOurs(one)) {
          listeners.push(run.token.onCancellationRequested(() => void vscode.debug.stopDebugging(one)));
        }
      }),
    );
  });
  try {
    const started = await vscode.debug.startDebugging(folder, { ...configured, "adr-lsp": mark }, { testRun: run });
    if (!started) {
      return `The debugger \`${configured.type}\` did not start.`;
    }
    await ended;
    return "";
  } finally {
    listeners.forEach((listener) => listener.dispose());
  }
}
