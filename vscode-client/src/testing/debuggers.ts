/** What a launch of the server's is in the words of each debugger, and which extension brings that. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { LaunchNode } from "./protocol";

interface Debugger {
  readonly type: string;
  readonly extension: string;
  /** What is given to the debugger; a text says why it cannot start this. */
  configure(launch: LaunchNode): object | string;
}

const DEBUGGERS: Readonly<Record<LaunchNode["debugger"], Debugger>> = {
  python: { type: "debugpy", extension: "Python Debugger (ms-python.debugpy)", configure: python },
  node: { type: "node", extension: "JavaScript Debugger (built in; it is disabled)", configure: node },
  native: { type: "lldb", extension: "CodeLLDB (vadimcn.vscode-lldb)", configure: native },
};

/** What VS Code is to start; a text says why nothing can be. */
export function configuration(launch: LaunchNode, name: string): vscode.DebugConfiguration | string {
  const { type, extension, configure } = DEBUGGERS[launch.debugger];
  if (!isInstalled(type)) {
    return `To debug tests that ${launch.tool} runs, install the extension ${extension}.`;
  }
  const own = configure(launch);
  const { cwd, environment: env } = launch;
  return typeof own === "string" ? own : { type, request: "launch", name, cwd, env, console: "internalConsole", ...own };
}

function isInstalled(type: string): boolean {
  return vscode.extensions.all.some(({ packageJSON }) => {
    const contributed: unknown = packageJSON?.contributes?.debuggers;
    return Array.isArray(contributed) && contributed.some((each) => each?.type === type);
  });
}

/** `python -m pytest …`, however Python itself is started. */
function python({ tool, program, arguments: words }: LaunchNode): object | string {
  const at = words.findIndex((word, place) => word === "-m" && words[place + 1] === tool);
  if (at < 0) {
    return `${tool} is not started by \`python -m\` here (run.${tool}), so no debugger can be put before it.`;
  }
  const interpreter = [program, ...words.slice(0, at)];
  return {
    python: interpreter.length === 1 ? program : interpreter,
    module: words[at + 1],
    args: words.slice(at + 2),
  };
}

/** The processes that a runner starts are debugged too. */
function node({ program, arguments: words }: LaunchNode): object {
  return {
    runtimeExecutable: program,
    runtimeArgs: [...words],
    autoAttachChildProcesses: true,
    outputCapture: "std",
    skipFiles: ["<node_internals>/**", "**/node_modules/**"],
    smartStep: true,
  };
}

/** CodeLLDB builds by cargo and starts what was built, with what stands behind `--`. */
function native({ tool, program, arguments: words, cwd }: LaunchNode): object | string {
  if (path.basename(program).replace(/\.exe$/, "") !== "cargo") {
    return `${tool} is not started by \`cargo\` here (run.${tool}), so no debugger can be put before it.`;
  }
  const end = words.indexOf("--");
  const build = end < 0 ? words : words.slice(0, end);
  return {
    cargo: { args: [...build, "--no-run"], cwd },
    args: end < 0 ? [] : words.slice(end + 1),
    sourceLanguages: ["rust"],
  };
}
