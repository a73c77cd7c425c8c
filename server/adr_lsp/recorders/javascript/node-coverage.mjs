// Which lines of the project's files ran under each test of a file that node runs as it is written. Where node or a
// loader turns a file into other text, its lines stay unknown.

import { fileURLToPath } from "node:url";

import { linesOf, unmapped, writeCovered } from "./lines.mjs";
import { readRegular } from "./project.mjs";

// Node takes types out by white space, and adds the name of what it did that to.
const NAMED = [(url) => url, (_, file) => file];

export class NodeCoverage {
  #places = new Map();

  constructor(evidence, names) {
    this.evidence = evidence;
    this.names = names;
  }

  write(tests, { shared, lumped = [], rest = [] }) {
    for (const [url, ranges] of [...shared, ...rest]) this.#measure(url, ranges);
    const [common, later] = [this.#lines(shared), this.#lines(rest)];
    const extents = tests.map((test) => this.#extent(test));
    for (const [at, test] of tests.entries()) {
      if (test.data.skip !== undefined) continue;
      const below = tests.filter((each, other) => other === at || isBelow(each, test));
      const own = below.flatMap((each) => (each.note?.ran ? [this.#lines(each.note.ran)] : []));
      const isLumped = below.some((each) => lumped.includes(each.id));
      const parts = [common, ...own, ...(isLumped ? [later] : [])];
      writeCovered(this.evidence, test, parts, { file: this.names.path, extents, mine: extents[at] });
    }
    this.evidence.measured([...this.#places.values()].filter(Boolean).map(({ path }) => path));
  }

  #extent({ scopes }) {
    return this.names.call(scopes)?.lines ?? null;
  }

  /** What a whole script spans tells whether it is the file's text that ran. */
  #measure(url, ranges) {
    if (this.#places.has(url)) return;
    const file = fileURLToPath(url);
    const path = this.evidence.project.own(file);
    const code = path === null ? null : readRegular(file)?.toString("utf8");
    const end = ranges.reduce((most, value, at) => (at % 3 === 1 ? Math.max(most, value) : most), 0);
    const added = end - (code?.length ?? 0);
    const isSame = added === 0 || NAMED.some((of) => added === `\n\n//# sourceURL=${of(url, file)}`.length);
    this.#places.set(url, isSame ? { path, places: unmapped(code), length: code.length } : null);
    if (path !== null) this.evidence.addFiles([file]);
    this.evidence.writeContent();
  }

  #lines(parts) {
    const found = new Map();
    for (const [url, ranges] of parts) {
      const place = this.#places.get(url);
      if (!place) continue;
      const lines = found.get(place.path) ?? new Set();
      for (const line of linesOf(place.places, place.length, ranges)) lines.add(line);
      found.set(place.path, lines);
    }
    return found;
  }
}

const isBelow = (test, above) =>
  test.scopes.length > above.scopes.length && above.scopes.every(({ name, line }, at) => test.scopes[at].name === name && test.scopes[at].line === line);
