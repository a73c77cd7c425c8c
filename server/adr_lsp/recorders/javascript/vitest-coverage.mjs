// Which lines of the project's files ran under each test of a file, through vite's source maps.

import { fileURLToPath } from "node:url";

import { linesOf, mapped, unmapped, writeCovered } from "./lines.mjs";
import { readRegular } from "./project.mjs";

export class VitestCoverage {
  #places = new Map();

  constructor(evidence, module) {
    this.evidence = evidence;
    this.module = module;
    this.meta = module.meta?.() ?? module.task?.meta ?? {};
    this.offsets = new Map(this.meta.adrLspOffsets);
  }

  /** One line per test `{ id, test, parameter, ran, extent }`; nothing where this run did not measure. What stands in
   * the `extents` of other tests is none of a test's lines. */
  write(tests, extents) {
    if (!this.meta.adrLspRan) return;
    const { shared, lumped = [], rest = [] } = this.meta.adrLspRan;
    const [common, later] = [this.#lines(shared), this.#lines(rest)];
    const file = this.evidence.project.own(this.module.moduleId);
    for (const { id, ran, extent, ...test } of tests) {
      const parts = [common, this.#lines(ran ?? []), ...(lumped.includes(id) ? [later] : [])];
      writeCovered(this.evidence, test, parts, { file, extents, mine: extent });
    }
    this.evidence.measured([...this.#places.values()].filter(Boolean).map(({ path }) => path));
  }

  /** Lines by path of what the worker counted: `[url, ranges]` each. */
  #lines(parts) {
    const found = new Map();
    for (const [url, ranges] of parts) {
      if (!this.#places.has(url)) this.#places.set(url, this.#placesOf(fileURLToPath(url)));
      const place = this.#places.get(url);
      if (place === null) continue;
      const lines = found.get(place.path) ?? new Set();
      for (const line of linesOf(place.places, place.length, ranges, place.shift)) lines.add(line);
      found.set(place.path, lines);
    }
    return found;
  }

  #placesOf(file) {
    const path = this.evidence.project.own(file);
    if (path === null) return null;
    const made = this.#transformed(file);
    if (made === null) return null;
    const { code, map } = made;
    if (map) return { path, places: mapped(code, map), length: code.length, shift: this.offsets.get(file) ?? 0 };
    return { path, places: unmapped(code), length: code.length, shift: 0 };
  }

  /** What vite made of a file; the file itself where it runs as it is; null where nothing tells its lines. */
  #transformed(file) {
    const { vite } = this.module.project;
    const graphs = [...Object.values(vite.environments ?? {}).map((each) => each.moduleGraph), vite.moduleGraph];
    for (const graph of graphs) {
      const node = graph?.getModuleById?.(file);
      const made = node?.transformResult ?? node?.ssrTransformResult;
      if (made) return made.map?.mappings && made.map.sources?.length === 1 ? made : null;
    }
    const code = /\.[cm]?js$/.test(file) ? readRegular(file)?.toString("utf8") : null;
    return code === null || code === undefined ? null : { code, map: null };
  }
}
