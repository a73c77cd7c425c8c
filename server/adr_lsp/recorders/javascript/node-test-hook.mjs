// Given to `node --test` by `--import`, for the process of each test file: notes which files are loaded, watches
// fast-check and the code that runs, and writes what it found when the process ends, to where the reporter says. A fault
// in here never fails a user's test.

import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import * as modules from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { Measurement } from "./coverage.mjs";
import { isFastCheck, settled, watch } from "./fast-check.mjs";
import { readRegular } from "./project.mjs";

const FAST_CHECK = /[\\/]fast-check[\\/].*\.[cm]?js$/;
const { ADR_LSP_NODE_TEST: told, NODE_TEST_CONTEXT: context } = process.env;

/** Only in the process of a test file: one that a test starts is none. */
function attend({ folder, below, coverage, pid }) {
  if (process.ppid !== pid || process.argv[1] === undefined) return;
  const isOwn = (url) => url.startsWith(below) && !url.includes("/node_modules/");
  const found = { file: path.resolve(process.argv[1]), loaded: {}, tests: [], ran: null, fault: null };
  const attendant = new Attendant(found, coverage ? isOwn : null);
  modules.registerHooks?.({
    resolve(specifier, from, next) {
      const resolved = next(specifier, from);
      attendant.guarded(() => attendant.resolved(resolved.url, isOwn));
      return resolved;
    },
  });
  if (!modules.registerHooks) attendant.hook();
  process.on("exit", () => {
    attendant.guarded(() => attendant.end());
    if (found.tests.length || found.ran || Object.keys(found.loaded).length) {
      writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify(found));
    }
  });
}

class Attendant {
  #found;
  #measurement = null;
  #copies = new Set();
  #open = [];
  #isHooked = false;

  constructor(found, isOwn) {
    this.#found = found;
    this.guarded(() => {
      if (isOwn) this.#measurement = new Measurement(isOwn);
    });
  }

  guarded(doing) {
    try {
      return doing();
    } catch (error) {
      this.#found.fault ??= String(error?.message ?? error);
      return undefined;
    }
  }

  resolved(url, isOwn) {
    if (url === "node:test") this.hook();
    if (!url?.startsWith("file:")) return;
    if (FAST_CHECK.test(url)) this.#copies.add(url);
    const file = isOwn(url) ? fileURLToPath(url) : null;
    if (file === null || file in this.#found.loaded) return;
    const bytes = readRegular(file);
    if (bytes !== null) this.#found.loaded[file] = createHash("sha256").update(bytes).digest("hex");
  }

  /** Before the first hook of the user's, once a file asks for node:test. */
  hook() {
    if (this.#isHooked) return;
    this.#isHooked = true;
    const { beforeEach, afterEach } = modules.createRequire(import.meta.url)("node:test");
    beforeEach((test) => this.#copies.size ? this.#watched(test) : this.guarded(() => this.#begin(test)));
    afterEach((test) => this.guarded(() => this.#finish(test)));
  }

  async #watched(test) {
    const copies = [...this.#copies];
    this.#copies.clear();
    for (const url of copies) {
      const exports = await import(url).catch(() => null); // it is loaded already
      this.guarded(() => {
        for (const one of [exports, exports?.default]) if (isFastCheck(one)) watch(one, () => this.#target());
      });
    }
    this.guarded(() => this.#begin(test));
  }

  /** Where properties are noted: nowhere while tests run side by side, for nobody knows whose they are. */
  #target() {
    const last = this.#open.at(-1);
    return last === undefined || last.isCrowded ? null : last.properties;
  }

  #begin(test) {
    const name = fullName(test);
    const above = this.#open.at(-1);
    const isCrowded = above !== undefined && (above.isCrowded || !name.startsWith(`${above.name} > `));
    if (isCrowded) for (const each of this.#open) each.isCrowded = true;
    this.#measurement?.before(!isCrowded);
    this.#open.push({ test, name, properties: [], isCrowded });
  }

  #finish(test) {
    const at = this.#open.findIndex((each) => each.test === test || each.name === fullName(test));
    if (at < 0) return;
    const [{ name, properties }] = this.#open.splice(at, 1);
    const id = this.#found.tests.length;
    this.#found.tests.push({ name, properties: settled(properties), ran: this.#measurement?.after(id) ?? null });
  }

  end() {
    if (this.#measurement !== null) this.#found.ran = this.#measurement.end();
  }
}

function fullName(test) {
  return test.fullName ?? test.name;
}

try {
  if (context !== undefined && told !== undefined) attend(JSON.parse(told));
} catch (error) {
  process.stderr.write(`adr-lsp: covered lines and generated cases are not recorded: ${error?.message ?? error}\n`);
}
