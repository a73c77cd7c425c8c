// What belongs to the user's project: its root, its own files, the records that a run may rest on.
// The same rules as the pytest recorder's; Node alone, no package.

import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

const LARGEST_RECORD = 2 << 20;
const NOT_OURS = new Set(["site-packages", "dist-packages", "node_modules", "__pycache__"]);
const RECORD = /\b[A-Z]{2,}-[0-9A-Z]/;
const INVARIANT = /\bINV-[0-9A-Z]/;

/** The folder that evidence is kept in: the named one, else the nearest that is configured, else the repository. */
export function findRoot(start) {
  const named = process.env.ADR_LSP_EVIDENCE;
  if (named) return real(path.resolve(named));
  start = real(path.resolve(start));
  const folders = ancestors(start);
  return folders.find((each) => isConfigured(each) && isOurs(each, start)) ?? folders.find(hasGit) ?? start;
}

/** Whether what configures it belongs to the user, the system, or the owner of `start`. */
function isOurs(folder, start) {
  const allowed = [0, statSync(start).uid, process.geteuid?.() ?? 0];
  const marks = ["adr-lsp.toml", ".adr-lsp", "pyproject.toml"].map((name) => path.join(folder, name));
  return marks.every((mark) => allowed.includes(lstatSync(mark, { throwIfNoEntry: false })?.uid ?? 0));
}

export function ancestors(folder) {
  const found = [folder];
  while (path.dirname(folder) !== folder) found.push((folder = path.dirname(folder)));
  return found;
}

/** Whether a run below this root is evidence: it was asked for, or there are invariants to prove. */
export function isActive(root) {
  if (process.env.ADR_LSP_EVIDENCE || isConfigured(root)) return true;
  for (const [, bytes] of candidateRecords(new Project(root))) {
    if (INVARIANT.test(bytes.toString("latin1"))) return true;
  }
  return false;
}

export function isConfigured(folder) {
  if (isKind(path.join(folder, "adr-lsp.toml"), "isFile")) return true;
  if (isKind(path.join(folder, ".adr-lsp"), "isDirectory")) return true;
  return readRegular(path.join(folder, "pyproject.toml"))?.includes("[tool.adr-lsp") ?? false;
}

export const hasGit = (folder) => existsSync(path.join(folder, ".git"));

function isKind(file, kind) {
  return statSync(file, { throwIfNoEntry: false })?.[kind]() ?? false;
}

/** The bytes of a plain file, or null: nothing here may block on a pipe or a device. */
export function readRegular(file, largest = Infinity) {
  let opened;
  try {
    opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const facts = fstatSync(opened);
    return facts.isFile() && facts.size <= largest ? readFileSync(opened) : null;
  } catch {
    return null;
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

export function real(file) {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}

/** What lies below the root and belongs to it: no environments, modules, dot folders. */
export class Project {
  #below;
  #owned = new Map([["", true]]);

  constructor(root) {
    this.root = root;
    this.#below = root.endsWith(path.sep) ? root : root + path.sep;
  }

  /** `file` from the root with `/`, as it is written or, behind a link, as it is resolved. */
  relative(file) {
    file = path.resolve(file);
    if (!file.startsWith(this.#below)) file = real(file);
    if (!file.startsWith(this.#below)) return null;
    return file.slice(this.#below.length).split(path.sep).join("/");
  }

  /** As `relative`, if the file is the project's and no link leads out of the root. */
  own(file) {
    const relative = this.relative(file);
    if (relative === null || !this.#owns(path.posix.dirname(relative))) return null;
    return this.holds(file) ? relative : null;
  }

  holds(file) {
    return real(path.resolve(file)).startsWith(this.#below);
  }

  #owns(folder) {
    if (folder === ".") return true;
    if (!this.#owned.has(folder)) {
      const name = path.posix.basename(folder);
      const isOwn =
        !name.startsWith(".") &&
        !NOT_OURS.has(name) &&
        !existsSync(path.join(this.root, folder, "pyvenv.cfg")) &&
        this.#owns(path.posix.dirname(folder));
      this.#owned.set(folder, isOwn);
    }
    return this.#owned.get(folder);
  }
}

/** Markdown below the root that holds something like a key; roots of their own left out. */
export function* candidateRecords(project) {
  const folders = [project.root];
  while (folders.length) {
    const folder = folders.pop();
    const entries = listed(folder);
    const names = new Set(entries.map((entry) => entry.name));
    if (names.has("pyvenv.cfg")) continue;
    if (folder !== project.root && isRootOfItsOwn(folder, names)) continue;
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!NOT_OURS.has(entry.name)) folders.push(file);
      } else if (/\.mdx?$/i.test(entry.name) && project.holds(file)) {
        const bytes = readRegular(file, LARGEST_RECORD);
        if (bytes && RECORD.test(bytes.toString("latin1"))) yield [file, bytes];
      }
    }
  }
}

function isRootOfItsOwn(folder, names) {
  return ["adr-lsp.toml", ".adr-lsp", "pyproject.toml"].some((name) => names.has(name)) && isConfigured(folder);
}

export function listed(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
