// The store `.adr-lsp/` below the root: one file per run in `evidence/`, bytes by their digest in `objects/`.

import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, unlinkSync, utimesSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";

import { readRegular, real } from "./project.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export class Store {
  #folders = new Map();

  constructor(root) {
    this.root = root;
  }

  /** Made where it is missing, and never outside the root. */
  folder(name) {
    if (!this.#folders.has(name)) {
      let folder = this.root;
      for (const part of [".adr-lsp", ...name.split("/").filter(Boolean)]) {
        folder = path.join(folder, part);
        if (!real(folder).startsWith(path.join(this.root, path.sep))) {
          throw new Error(`${folder} leads out of ${this.root}`);
        }
        mkdirSync(folder, { recursive: true });
        if (part === ".adr-lsp") createOnce(path.join(folder, ".gitignore"), "*\n");
      }
      this.#folders.set(name, folder);
    }
    return this.#folders.get(name);
  }

  put(bytes) {
    const digest = sha256(bytes);
    const file = path.join(this.folder(`objects/${digest.slice(0, 2)}`), digest.slice(2));
    if (existsSync(file)) touch(file); // a fold that runs meanwhile keeps what is young
    else replace(file, deflateSync(bytes));
    return digest;
  }

  /** A file that nobody else writes. */
  newRun(started) {
    const stamp = started.toISOString().replace(/[-:]|\.\d+/g, "");
    const name = `${stamp}-${randomBytes(8).toString("hex")}.jsonl`;
    return openSync(path.join(this.folder("evidence"), name), "ax");
  }
}

function createOnce(file, bytes) {
  try {
    writeFileSync(file, bytes, { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // another user's file keeps its age
  }
}

/** Put whole bytes in place; whoever reads sees the old or the new. */
function replace(file, bytes) {
  const part = `${file}.${randomBytes(4).toString("hex")}.part`;
  try {
    writeFileSync(part, bytes, { flag: "wx" });
    renameSync(part, file);
  } catch (error) {
    if (existsSync(part)) unlinkSync(part);
    throw error;
  }
}

/** The files that a run rests on, with their bytes as they were when first read. */
export class Content {
  #unsaid = {};

  constructor(project, store) {
    this.project = project;
    this.store = store;
    this.digests = new Map();
  }

  add(file, bytes = null) {
    const relative = this.project.own(file);
    if (relative === null || this.digests.has(relative)) return;
    bytes ??= readRegular(file);
    if (bytes === null) return;
    const digest = this.store.put(bytes);
    this.digests.set(relative, digest);
    this.#unsaid[relative] = digest;
  }

  /** What was added since the last time that this was asked. */
  fresh() {
    const files = this.#unsaid;
    this.#unsaid = {};
    return files;
  }

  /** Files that no longer are what was read. */
  changed() {
    const differs = ([file, digest]) => {
      const bytes = readRegular(path.join(this.project.root, file));
      return bytes === null || sha256(bytes) !== digest;
    };
    return [...this.digests].filter(differs).map(([file]) => file);
  }
}

/** The lines of one run; the file is made by the first one, so an empty run leaves none. */
export class RunFile {
  #file = null;
  #started = now();

  constructor(store, header) {
    this.store = store;
    this.header = header;
  }

  get isOpen() {
    return this.#file !== null;
  }

  write(type, fields) {
    if (this.#file === null) {
      this.#file = this.store.newRun(new Date(this.#started));
      this.#append({ type: "run", started: utc(this.#started), ...this.header() });
    }
    this.#append({ type, ...fields });
  }

  close() {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /** One system call per line, so that lines are whole; ASCII, so that no half character is left. */
  #append(line) {
    const bytes = Buffer.from(ascii(JSON.stringify(line)) + "\n", "latin1");
    if (writeSync(this.#file, bytes) !== bytes.length) throw new Error("the disk is full");
  }
}

/** Milliseconds since 1970, with what the clock tells below them. */
export const now = () => performance.timeOrigin + performance.now();

/** To the microsecond: which of two runs is later decides. */
export function utc(milliseconds) {
  const micros = Math.floor((milliseconds % 1000) * 1000);
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, `.${String(micros).padStart(6, "0")}Z`);
}

const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const ascii = (text) => text.replace(/[^\x00-\x7e]/g, escape);
