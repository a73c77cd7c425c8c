/** The server's life: one at a time, started again after a crash, but not for ever. */

import type { ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Running } from "./chat";
import { createClient } from "./client";
import type { Place } from "./interpreter";
import { findLaunch, isSame } from "./launch";
import { begin, type Launch } from "./program";
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
/** How long a server may take to answer at all, and to end after it said that it will. */
const LONGEST_START = 60_000;
const LONGEST_END = 2000;

export interface Surroundings extends Pick<Place, "home" | "chosen"> {
  readonly log: vscode.LogOutputChannel;
  readonly show: (health: Health) => void;
  readonly onStarted: (client: LanguageClient) => void;
}

export function createSession({ home, chosen, log, show, onStarted }: Surroundings): Session {
  let client: LanguageClient | undefined;
  let launched: Launch | undefined;
  /** Ends the server's process at once. */
  let life = new AbortController();
  let crashes: number[] = [];
  let asked = new AbortController();
  let last: Promise<void> = Promise.resolve();

  /** Starts and stops follow each other, whoever asks for them. */
  function next(step: (superseded: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = asked;
    last = last.then(() => step(signal)).catch((error: unknown) => log.error(String(error)));
    return last;
  }

  /** Nothing waits for a start that was asked for before. */
  function supersede(): void {
    asked.abort();
    asked = new AbortController();
  }

  function find(): Promise<Launch | string> {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    return findLaunch(readSettings(), { home, folders, trusted: vscode.workspace.isTrusted, chosen });
  }

  async function start(superseded: AbortSignal): Promise<void> {
    show({ is: "starting" });
    launched = undefined;
    const launch = await find();
    if (superseded.aborted) {
      return;
    }
    if (typeof launch === "string") {
      fail(launch);
      return;
    }
    launched = launch;
    log.info("starting", launch.program, ...launch.words);
    const onTrouble = (trouble: string): void => well(started, trouble);
    const onLost = (): void => lost(started);
    const { signal } = (life = new AbortController());
    // It starts where the client is: in the workspace, an interpreter might import from there.
    const server = async (): Promise<ChildProcess> => {
      const child = await begin(launch, home, signal);
      return child.once("exit", (code, by) => log.info("the server's process ended:", by ?? code));
    };
    const started = createClient({ server, settings: readSettings(), log, onLost, onTrouble });
    client = started;
    if (await answers(started, life, superseded)) {
      well(started);
      onStarted(started);
    }
  }

  /** Whether it started; one that did not is ended. */
  async function answers(started: LanguageClient, starting: AbortController, superseded: AbortSignal): Promise<boolean> {
    const end = (): void => starting.abort();
    const timer = setTimeout(end, LONGEST_START);
    superseded.addEventListener("abort", end);
    try {
      await started.start();
      return true;
    } catch (error) {
      notStarted(String(error), starting.signal.aborted, superseded.aborted);
      end();
      return false;
    } finally {
      clearTimeout(timer);
      superseded.removeEventListener("abort", end);
    }
  }

  function notStarted(error: string, isEnded: boolean, isSuperseded: boolean): void {
    client = undefined;
    if (isSuperseded) {
      launched = undefined;
      log.info("ended the server before it had started");
      return;
    }
    log.error(error);
    fail(isEnded ? "it did not answer within a minute" : "it did not start; the log says more");
  }

  function well(started: LanguageClient, trouble = ""): void {
    const version = started.initializeResult?.serverInfo?.version ?? "";
    show({ is: "running", version, trusted: vscode.workspace.isTrusted, trouble });
  }

  async function stop(): Promise<void> {
    const running = client;
    const stopping = life;
    client = undefined;
    if (running?.isRunning()) {
      await running.dispose(PATIENCE).catch((error: unknown) => log.warn(String(error)));
      // Nothing waits for one that does not end when it is asked to.
      setTimeout(() => stopping.abort(), LONGEST_END);
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
    life.abort();
    const now = Date.now();
    crashes = [...crashes.filter((then) => now - then < WITHIN), now];
    if (crashes.length > CRASHES) {
      fail(`the server ended ${crashes.length} times in three minutes`);
      return;
    }
    log.warn("the server ended; starting it again");
    void next(start);
  }

  async function again(superseded: AbortSignal): Promise<void> {
    crashes = [];
    await stop();
    await start(superseded);
  }

  async function isOutdated(): Promise<boolean> {
    const found = await find();
    return typeof found === "string" || !isSame(found, launched);
  }

  return {
    restart: () => {
      supersede();
      return next(again);
    },
    refresh: async () => {
      if (client && !client.isRunning() && (await isOutdated())) {
        supersede();
      }
      return next(async (superseded) => {
        if (await isOutdated()) {
          await again(superseded);
        }
      });
    },
    present: () => {
      const experimental: unknown = client?.initializeResult?.capabilities.experimental;
      return client?.isRunning() && launched ? { launch: launched, experimental } : undefined;
    },
    running: () => last.then(() => (client?.isRunning() ? client : undefined)),
    stop: () => {
      supersede();
      return next(stop);
    },
  };
}
