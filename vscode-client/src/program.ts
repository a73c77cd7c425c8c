/** Where programs are. The workspace has no say: only settings, then PATH. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import * as path from "node:path";

/** What starts the server; with other words after these, whatever else its program can be. */
export interface Launch {
  readonly program: string;
  readonly words: readonly string[];
}

export interface Answer {
  readonly ended: number | undefined;
  readonly said: string;
}

const PATIENCE = 10_000;

/**
 * Where a program is. Spawning a bare name would try the current folder first on some systems,
 * so the path is found here, and only absolute entries of PATH are looked into.
 */
export function findProgram(program: string): string | undefined {
  if (path.isAbsolute(program)) {
    return isProgram(program) ? program : undefined;
  }
  if (program !== path.basename(program)) {
    return undefined;
  }
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter(path.isAbsolute);
  const places = folders.flatMap((folder) => endings().map((ending) => path.join(folder, program + ending)));
  return places.find(isProgram);
}

function endings(): string[] {
  return process.platform === "win32" ? ["", ".exe"] : [""];
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether a file, or what a link there leads to, lies below one of the folders. */
export function isInside(folders: readonly string[], file: string): boolean {
  const ways = [path.resolve(file), real(file)];
  const places = folders.flatMap((folder) => [path.resolve(folder), real(folder)]);
  return ways.some((way) => places.some((place) => isBelow(place, way)));
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

function isBelow(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== "" && !path.isAbsolute(way) && way.split(path.sep)[0] !== "..";
}

/** Runs a program to its end; it never fails, and it never takes long. */
export function ask(launch: Launch, cwd: string): Promise<Answer> {
  const options = { cwd, timeout: PATIENCE, killSignal: "SIGKILL", windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile(launch.program, [...launch.words], options, (error, said) => {
      const code = error === null ? 0 : error.code;
      resolve({ ended: typeof code === "number" ? code : undefined, said: said.trim() });
    });
  });
}

/** Begins a program that goes on until it is told to end, or until the signal ends it; it fails if nothing began. */
export function begin(launch: Launch, cwd: string, signal: AbortSignal): Promise<ChildProcess> {
  signal.throwIfAborted();
  const child = spawn(launch.program, [...launch.words], { cwd, signal, killSignal: "SIGKILL", windowsHide: true });
  // What it began in turn may hold its streams open, and whoever reads them would wait for that.
  signal.addEventListener("abort", () => child.stdio.forEach((stream) => stream?.destroy()));
  return new Promise((resolve, reject) => child.once("spawn", () => resolve(child)).on("error", reject));
}
