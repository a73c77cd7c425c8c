/** Which Python runs the server. */

import * as path from "node:path";
import { ask, findProgram, isInside, type Launch } from "./program";

/** Where the client is, what may be used, and what the Python extension says. */
export interface Place {
  /** The extension's folder. The server and its probes start there, never in the workspace. */
  readonly home: string;
  readonly folders: readonly string[];
  readonly trusted: boolean;
  /** The interpreter of the Python extension, if there is one. */
  readonly chosen: () => Promise<string | undefined>;
}

const NEWEST_FIRST = ["python3.14", "python3.13", "python3.12", "python3.11"];
const NAMES = ["python3", "python", ...NEWEST_FIRST];
const WINDOWS: readonly (readonly string[])[] = [["python"], ["python3"], ["py", "-3"]];

const FOLDER = "${workspaceFolder}";

/** Nothing but what is given: no variables, no packages of the user, none of the environment. */
const ALONE = ["-I", "-S"];
/** The same for any Python, also one that is too old to know `-I`. */
const ALONE_IN_ANY = ["-E", "-s", "-S"];
const CANNOT = 3;
const HAS_SERVER = "import importlib.util as u, sys; sys.exit(u.find_spec('adr_lsp') is None)";

/** The configured interpreter alone, else that of the Python extension, then those on PATH. */
export async function interpreters(configured: readonly string[], place: Place): Promise<Launch[] | string> {
  if (configured.length) {
    const found = named(configured, place);
    return typeof found === "string" ? found : [found];
  }
  const chosen = await place.chosen();
  const names = process.platform === "win32" ? WINDOWS : NAMES.map((name) => [name]);
  const words = chosen === undefined ? names : [[chosen], ...names];
  return words.map((each) => named(each, place)).filter((found) => typeof found !== "string");
}

/** A program by its words; a text says why it is not used. */
export function named(words: readonly string[], place: Place): Launch | string {
  const [first, ...rest] = words.map((word) => inFolder(word, place.folders[0]));
  if (!first) {
    return "the command's first word is empty";
  }
  const program = findProgram(first);
  if (program === undefined) {
    return `\`${words[0]}\` was not found`;
  }
  const inside = place.trusted ? undefined : words.find((word) => leadsInto(place.folders, word, program));
  return inside === undefined ? { program, words: rest } : `\`${inside}\` is in this workspace, which is not trusted`;
}

/** Whether a word of the command, or the program that the first one means, is of the workspace. */
function leadsInto(folders: readonly string[], word: string, program: string): boolean {
  const file = path.isAbsolute(word) ? word : program;
  return word.includes(FOLDER) || isInside(folders, file);
}

function inFolder(word: string, folder: string | undefined): string {
  return folder === undefined ? word : word.replaceAll(FOLDER, folder);
}

/** The bundled server with the first interpreter that can run it; a text says why there is none. */
export async function bundled(launcher: string, found: readonly Launch[], place: Place): Promise<Launch | string> {
  const faults: string[] = [];
  for (const { program, words } of found) {
    const asked = { program, words: [...words, ...ALONE_IN_ANY, launcher, "--can-run"] };
    const { ended, said } = await ask(asked, place.home);
    if (ended === 0) {
      return { program, words: [...words, ...ALONE, launcher] };
    }
    faults.push(ended === CANNOT ? `${said} at ${program}` : `${program} does not run`);
  }
  const [first] = [...faults.filter((fault) => fault.startsWith("needs")), ...faults];
  return `${first ?? "no Python was found"}: install CPython 3.11 or later, or set \`adr-lsp.interpreter\``;
}

/** The server that an interpreter has; undefined if it has none. */
export async function installed({ program, words }: Launch, place: Place): Promise<Launch | undefined> {
  const asked = { program, words: [...words, "-I", "-c", HAS_SERVER] };
  const { ended } = await ask(asked, place.home);
  return ended === 0 ? { program, words: [...words, "-I", "-m", "adr_lsp"] } : undefined;
}

/** Where the launcher is in an extension that holds the server. */
export function launcherIn(home: string): string {
  return path.join(home, "bundled", "tool", "launch.py");
}
