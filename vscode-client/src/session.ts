/** The server's life: one at a time, started again after a crash, but not for ever. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { createClient } from "./client";
import { serverCommand } from "./command";
import { readSettings } from "./settings";
import type { Health } from "./status";

export interface Session {
  restart(): Promise<void>;
  /** The server, once all is done that was begun with it; undefined if it does not run. */
  running(): Promise<LanguageClient | undefined>;
  stop(): Promise<void>;
}

const CRASHES = 4;
const WITHIN = 3 * 60 * 1000;

export function createSession(
  cwd: string,
  log: vscode.LogOutputChannel,
  show: (health: Health) => void,
  onStarted: (client: LanguageClient) => void,
): Session {
  let client: LanguageClient | undefined;
  let crashes: number[] = [];
  let last: Promise<void> = Promise.resolve();

  /** Starts and stops follow each other, whoever asks for them. */
  function next(step: () => Promise<void>): Promise<void> {
    last = last.then(step).catch((error: unknown) => log.error(String(error)));
    return last;
  }

  async function start(): Promise<void> {
    const settings = readSettings();
    const command = serverCommand(settings.command, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
    if (typeof command === "string") {
      log.error("install the server, or say what starts it with `adr-lsp.server.command`");
      fail(command);
      return;
    }
    show({ is: "starting" });
    log.info("starting", command.program, ...command.words);
    const started = createClient({ command, settings, cwd, log, onLost: () => lost(started) });
    client = started;
    try {
      await started.start();
    } catch (error) {
      client = undefined;
      log.error(String(error));
      fail("it did not start; the log says more");
      return;
    }
    const version = started.initializeResult?.serverInfo?.version ?? "";
    show({ is: "running", version, trusted: vscode.workspace.isTrusted });
    onStarted(started);
  }

  async function stop(): Promise<void> {
    const running = client;
    client = undefined;
    if (running?.isRunning()) {
      await running.dispose();
    }
    show({ is: "stopped" });
  }

  function fail(why: string): void {
    log.error(why);
    show({ is: "failed", why });
  }

  /** A server that never ran is not tried again, and one that keeps ending not for long. */
  function lost(ended: LanguageClient): void {
    if (client !== ended || !ended.isRunning()) {
      return;
    }
    client = undefined;
    const now = Date.now();
    crashes = [...crashes.filter((then) => now - then < WITHIN), now];
    if (crashes.length > CRASHES) {
      fail(`the server ended ${crashes.length} times in three minutes`);
      return;
    }
    log.warn("the server ended; starting it again");
    void next(start);
  }

  return {
    restart: () => {
      crashes = [];
      return next(async () => {
        await stop();
        await start();
      });
    },
    running: () => last.then(() => (client?.isRunning() ? client : undefined)),
    stop: () => next(stop),
  };
}
