/** The view of tests: what the last runs said of each invariant, and runs that a user asks for. Nothing runs unasked. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { chosen } from "./chosen";
import { details } from "./coverage";
import { say } from "./outcome";
import { CHANGED } from "./protocol";
import { execute, type Manner } from "./request";
import { reason } from "./run";
import { RUNNABLE } from "./tree";
import { createView } from "./view";

export interface Testing extends vscode.Disposable {
  /** A server has started: what it knows is shown, and what changes. */
  connect(client: LanguageClient): void;
}

const PAUSE = 200;

/** `running` waits until the server has started, or failed to. */
export function createTesting(
  running: () => Promise<LanguageClient | undefined>,
  log: vscode.LogOutputChannel,
): Testing {
  const controller = vscode.tests.createTestController("adr-lsp", "Decisions");
  const view = createView(controller);
  let timer: NodeJS.Timeout | undefined;
  let working = 0;
  let isLooking = false;
  let took = 0;

  async function show(client: LanguageClient | undefined): Promise<void> {
    if (working === 0 && client?.isRunning()) {
      await view.refresh(client);
      view.showRecorded();
    }
  }

  /**
   * Once the server's changes pause; a run looks for itself at what it changed. A log of thousands of records takes the
   * server long: then it rests for as long, and is not asked twice at a time.
   */
  function soon(client: LanguageClient): void {
    clearTimeout(timer);
    timer = setTimeout(() => (isLooking ? soon(client) : void look(client)), Math.max(PAUSE, took));
  }

  async function look(client: LanguageClient): Promise<void> {
    const began = Date.now();
    isLooking = true;
    await show(client).catch((error: unknown) => log.warn(`tests: ${reason(error)}`));
    isLooking = false;
    took = Date.now() - began;
  }

  async function handle(request: vscode.TestRunRequest, manner: Manner): Promise<void> {
    const run = controller.createTestRun(request);
    working += 1;
    const client = await running();
    const why = await execute(view, client, run, request, manner).catch(reason);
    working -= 1;
    if (why !== undefined) {
      refuse(run, request, why);
    }
    run.end();
    view.settle();
    if (client) {
      soon(client); // for what changed meanwhile
    }
  }

  function refuse(run: vscode.TestRun, request: vscode.TestRunRequest, why: string): void {
    const leaves = chosen(view.branches(), request).flatMap((each) => each.leaves);
    leaves.forEach((leaf) => run.errored(leaf.item, new vscode.TestMessage(why)));
    say(run, why);
    log.warn(`tests: ${why}`);
  }

  const offer = (title: string, kind: vscode.TestRunProfileKind, manner: Manner): vscode.TestRunProfile =>
    controller.createRunProfile(title, kind, (request) => handle(request, manner), true, RUNNABLE);
  offer("Run", vscode.TestRunProfileKind.Run, "run");
  offer("Debug", vscode.TestRunProfileKind.Debug, "debug");
  const covering = offer("Run with Coverage", vscode.TestRunProfileKind.Coverage, "cover");
  covering.loadDetailedCoverage = async (_, file) => details(file);
  covering.loadDetailedCoverageForTest = async (_, file, item) => details(file, item);
  controller.refreshHandler = async () => show(await running());

  return {
    connect(client) {
      client.onNotification(CHANGED, () => soon(client));
      soon(client);
    },
    dispose() {
      clearTimeout(timer);
      controller.dispose();
    },
  };
}
