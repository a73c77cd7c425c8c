/** Which program is the server. The workspace has no say: only settings, then PATH. */

import { accessSync, constants, statSync } from "node:fs";
import * as path from "node:path";

const PROGRAM = "adr-lsp";

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
}

/** The configured command, else `adr-lsp` on PATH; a text says why there is none. */
export function serverCommand(configured: readonly string[], folder: string | undefined): Command | string {
  const [first, ...words] = configured.length ? configured : [PROGRAM];
  if (!first) {
    return "the command's first word is empty";
  }
  const program = find(inFolder(first, folder));
  if (program === undefined) {
    return configured.length ? `\`${first}\` was not found` : "`adr-lsp` is not on PATH";
  }
  return { program, words: words.map((word) => inFolder(word, folder)) };
}

function inFolder(word: string, folder: string | undefined): string {
  return folder === undefined ? word : word.replaceAll("${workspaceFolder}", folder);
}

/**
 * Where a program is. Spawning a bare name would try the current folder first on some systems,
 * so the path is found here, and only absolute entries of PATH are looked into.
 */
function find(program: string): string | undefined {
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
