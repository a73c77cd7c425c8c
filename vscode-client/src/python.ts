/** The interpreter that the Python extension has chosen for the workspace, where it is installed. */

import * as vscode from "vscode";

/** The part of its interface that we use. */
interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
  resolveEnvironment(of: { readonly path: string }): Promise<Environment | undefined>;
  readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
}

interface Exported {
  readonly environments?: Environments;
}

interface Environment {
  readonly executable: { readonly uri?: vscode.Uri };
}

export interface Chosen extends vscode.Disposable {
  /** Its path; undefined also if the answer does not come soon: then `onChange` tells of it later. */
  interpreter(): Promise<string | undefined>;
}

const EXTENSION = "ms-python.python";
const PATIENCE = 3000;

export function createChosen(log: vscode.LogOutputChannel, onChange: () => void): Chosen {
  let known: Promise<Environments | undefined> | undefined;
  const listeners: vscode.Disposable[] = [];

  async function environments(extension: vscode.Extension<Exported>): Promise<Environments | undefined> {
    const found = (await extension.activate())?.environments;
    if (found) {
      listeners.push(found.onDidChangeActiveEnvironmentPath(onChange));
    }
    return found;
  }

  async function asked(): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<Exported>(EXTENSION);
    known ??= extension && environments(extension); // it may be installed only later
    const found = await known;
    const active = found?.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    const environment = active && (await found?.resolveEnvironment(active));
    return environment?.executable.uri?.fsPath;
  }

  return {
    interpreter: () => soon(asked(), log, onChange),
    dispose: () => listeners.forEach((listener) => void listener.dispose()),
  };
}

/** The answer, if it comes in time and without a fault of the other extension. */
async function soon(
  answer: Promise<string | undefined>,
  log: vscode.LogOutputChannel,
  onLate: () => void,
): Promise<string | undefined> {
  const safe = answer.catch((error: unknown) => void log.warn(`the Python extension: ${String(error)}`));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => (timer = setTimeout(() => resolve("late"), PATIENCE)));
  const first = await Promise.race([safe, late]);
  clearTimeout(timer);
  if (first !== "late") {
    return first ?? undefined;
  }
  log.warn("the Python extension does not answer; it is not waited for");
  void safe.then((found) => (found ? onLate() : undefined));
  return undefined;
}
