// One run as it is written down, whatever tool it is of. A fault in here never fails a user's test: it is kept,
// the recorder falls silent, and the run stays without an end line.

import path from "node:path";

import { header } from "./header.mjs";
import { Project, ancestors, candidateRecords, findRoot, isActive, listed } from "./project.mjs";
import { Content, RunFile, Store, now, utc } from "./store.mjs";

export const NOT_RECORDED = "adr-lsp: this run is not recorded as evidence: ";
export const LONGEST_MESSAGE = 2_000;
const CONFIGURATION =
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock|[jt]sconfig[^/]*\.json|(?:vite|vitest)\.(?:config|workspace|projects)\.[cm]?[jt]s(?:on)?)$/;
const CODE = /\.[cm]?[jt]s$/;

/** A run that is about to begin, or null where nobody asked for evidence. */
export function begin(tool, version, start, { argv = process.argv.slice(2), shard = null } = {}) {
  const root = findRoot(start);
  return isActive(root) ? new Evidence(new Project(root), { tool, version, start, argv, shard }) : null;
}

export class Evidence {
  fault = null;
  uncovered = null;
  #measured = new Set();
  #settings = new Set();
  #broken = new Set();
  #listings = new Map();

  constructor(project, called) {
    this.project = project;
    this.store = new Store(project.root);
    this.content = new Content(project, this.store);
    this.run = new RunFile(this.store, () => header(project, called));
  }

  /** Do something that must not disturb the tests; the first fault silences the recorder. */
  guarded(doing) {
    if (this.fault !== null) return undefined;
    try {
      return doing();
    } catch (error) {
      this.fault = `${error?.name ?? "Error"}: ${error?.message ?? error}`;
      return undefined;
    }
  }

  write(type, fields) {
    this.run.write(type, fields);
  }

  addRecords() {
    for (const [file, bytes] of candidateRecords(this.project)) this.content.add(file, bytes);
  }

  /** What no line runs of, and what is compared as a whole: settings, lock files, kept snapshots. */
  addSettings(files) {
    for (const file of files) {
      this.content.add(file);
      const relative = this.project.own(file);
      if (relative !== null && this.content.digests.has(relative)) this.#settings.add(relative);
    }
  }

  addFiles(files) {
    for (const file of files) this.content.add(file);
  }

  /** What configures the tool, its packages and its compiler, from the files' folders up to the root. */
  addConfiguration(files) {
    const folders = new Set(files.flatMap((file) => this.#upwards(path.dirname(file))));
    for (const folder of folders) {
      for (const name of this.#names(folder)) {
        if (!CONFIGURATION.test(name)) continue;
        if (CODE.test(name)) this.content.add(path.join(folder, name));
        else this.addSettings([path.join(folder, name)]);
      }
    }
  }

  #names(folder) {
    if (!this.#listings.has(folder)) this.#listings.set(folder, listed(folder).map((entry) => entry.name));
    return this.#listings.get(folder);
  }

  #upwards(folder) {
    return ancestors(folder).filter((each) => this.project.relative(path.join(each, "x")) !== null);
  }

  writeContent() {
    const files = this.content.fresh();
    if (Object.keys(files).length) this.write("content", { files });
  }

  collectError(file, message) {
    const relative = this.project.relative(file);
    if (relative === null || this.#broken.has(relative)) return;
    this.#broken.add(relative);
    this.content.add(file);
    this.writeContent();
    this.write("collect-error", { path: relative, message: message.slice(0, LONGEST_MESSAGE) });
  }

  /** Which lines ran under a test, by file; `measured` are the files that were looked at. */
  coverage(test, parameter, files) {
    this.write("coverage", { test, parameter, files });
  }

  measured(files) {
    const fresh = [...files].filter((file) => !this.#measured.has(file));
    for (const file of fresh) this.#measured.add(file);
    if (fresh.length) this.write("measured", { files: fresh.sort() });
  }

  /** What the user should know of this recorder, in one line; null where all went well. */
  complaint() {
    if (this.fault !== null) return `${NOT_RECORDED}${this.fault}\n`;
    if (this.uncovered !== null) return `adr-lsp: covered lines and generated cases are not recorded: ${this.uncovered}\n`;
    return null;
  }

  end(exit) {
    if (this.run.isOpen) {
      const changed = this.content.changed();
      if (changed.length) this.write("changed", { files: changed });
      const coverage = this.#measured.size ? "measured" : "unknown";
      if (this.#measured.size) this.measured(this.#settings);
      this.write("end", { finished: utc(now()), exit, coverage });
    }
    this.close();
  }

  /** Without an end line, the run counts as cut. */
  close() {
    this.run.close();
  }
}
