/** The server's life: one at a time, started again after a crash, but not for ever. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Running } from "./chat";
import { createClient } from "./client";
import type { Place } from "./interpreter";
import { findLaunch, isSame } from "./launch";
import type { Launch } from "./program";
import { readSettings } from "./settings";
import type { Health } from "./status";

export interface Session {
  restart(): Promise<void>;
  /** Starts the server again if something else would start it now. */
  refresh(): Promise<void>;
  /** What runs now, and what started it. */
  present(): Running | undefined;
  /** The server, once all is done that was begun with it; undefined if it does not run. */
  running(): Promise<LanguageClient | undefined>;
  stop(): Promise<void>;
}

const CRASHES = 4;
const WITHIN = 3 * 60 * 1000;
const PATIENCE = 5000;

export interface Surroundings extends Pick<Place, "home" | "chosen"> {
  readonly log: vscode.LogOutputChannel;
  readonly show: (health: Health) => void;
  readonly onStarted: (client: LanguageClient) => void;
}

export function createSession({ home, chosen, log, show, onStarted }: Surroundings): Session {
  let client: LanguageClient | undefined;
  let launched: Launch | undefined;
  let crashes: number[] = [];
  let last: Promise<void> = Promise.resolve();

  /** Starts and stops follow each other, whoever asks for them. */
  function next(step: () => Promise<void>): Promise<void> {
    last = last.then(step).catch((error: unknown) => log.error(String(error)));
    return last;
  }

  function find(): Promise<Launch | string> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    return findLaunch(readSettings(), { home, folders, trusted: vscode.workspace.isTrusted, chosen });
  }

  async function start(): Promise<void> {
    show({ is: "starting" });
    launched = undefined;
    const launch = await find();
    if (typeof launch === "string") {
      fail(launch);
      return;
    }
    launched = launch;
    log.info("starting", launch.program, ...launch.words);
    const onTrouble = (trouble: string): void => well(started, trouble);
    const onLost = (): void => lost(started);
    const started = createClient({ launch, settings: readSettings(), cwd: home, log, onLost, onTrouble });
    client = started;
    try {
      await started.start();
    } catch (error) {
      client = undefined;
      log.error(String(error));
      fail("it did not start; the log says more");
      return;
    }
    well(started);
    onStarted(started);
  }

  function well(started: LanguageClient, trouble = ""): void {
    const version = started.initializeResult?.serverInfo?.version ?? "";
    show({ is: "running", version, trusted: vscode.workspace.isTrusted, trouble });
  }

  async function stop(): Promise<void> {
    const running = client;
    client = undefined;
    if (running?.isRunning()) {
      // One that does not end when asked to is ended by the library; nothing waits for it.
      await running.dispose(PATIENCE).catch((error: unknown) => log.warn(String(error)));
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
    refresh: () =>
      next(async () => {
        const found = await find();
        if (typeof found === "string" || !isSame(found, launched)) {
          crashes = [];
          await stop();
          await start();
        }
      }),
    present: () => {
      const experimental: unknown = client?.initializeResult?.capabilities.experimental;
      return client?.isRunning() && launched ? { launch: launched, experimental } : undefined;
    },
    running: () => last.then(() => (client?.isRunning() ? client : undefined)),
    stop: () => next(stop),
  };
}
