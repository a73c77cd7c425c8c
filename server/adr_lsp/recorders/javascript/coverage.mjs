// Which code ran, as V8 counts it in this process. Taken from process start or from a test file's start, in parts:
// what ran between tests belongs to all tests of the file, what ran in a test to that test. Each look costs
// milliseconds, so when looking has taken too long, or tests run at once, the rest of the file is one part.

import { Session } from "node:inspector";

const MOST = 100; // milliseconds
const SHARE = 0.1; // of the time that the tests take

export class Measurement {
  #session = new Session();
  #spent = 0;
  #began = null;
  #lumped = null;

  /** `wanted(url)` tells the project's scripts. */
  constructor(wanted) {
    this.wanted = wanted;
    this.shared = [];
    this.#session.connect();
    this.#post("Profiler.enable");
    this.#post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  #post(method, parameters) {
    let fault = null;
    let answer = null;
    this.#session.post(method, parameters, (error, result) => ((fault = error), (answer = result)));
    if (fault) throw new Error(`${method}: ${fault.message}`);
    return answer;
  }

  #take() {
    const before = performance.now();
    const { result } = this.#post("Profiler.takePreciseCoverage");
    const found = result.filter((script) => this.wanted(script.url)).map(compact);
    this.#spent += performance.now() - before;
    return found;
  }

  /** A test begins; `isAlone` unless others run at the same time. */
  before(isAlone) {
    if (this.#lumped !== null) return;
    const elapsed = this.#began === null ? 0 : performance.now() - this.#began;
    if (!isAlone || this.#spent > MOST + SHARE * elapsed) this.#lumped = [];
    else this.shared.push(...this.#take());
    if (this.#began !== null) return;
    this.#began = performance.now();
    this.#spent = 0; // the first look sees all that was loaded
  }

  /** A test has ended: its part, or null where it shares the rest of the file with those that follow. */
  after(test) {
    if (this.#lumped === null) return this.#take();
    if (this.#lumped.at(-1) !== test) this.#lumped.push(test);
    return null;
  }

  /** The file has ended: what all its tests share, and what those share that have no part of their own. */
  end() {
    const rest = this.#take();
    const lumped = this.#lumped;
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
    return lumped === null ? { shared: [...this.shared, ...rest] } : { shared: this.shared, lumped, rest };
  }
}

/** `[url, [start, end, count, …]]`, the ranges of the functions in their order. */
function compact({ url, functions }) {
  return [url, functions.flatMap(({ ranges }) => ranges.flatMap((r) => [r.startOffset, r.endOffset, r.count ? 1 : 0]))];
}

/** Offsets of a script that ran inside some function of it; what merely loading it runs is left out. */
export function ran(length, ranges) {
  const painted = new Uint8Array(length);
  const found = [];
  for (let i = 0; i < ranges.length; i += 3) found.push([ranges[i], ranges[i + 1], ranges[i + 2]]);
  found.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  for (const [start, end, count] of found) {
    const isWhole = start <= 0 && end >= length;
    if (!isWhole) painted.fill(count, Math.max(0, start), Math.max(0, end));
  }
  return painted;
}

/** Sorted lines as ranges, both ends included. */
export function spans(lines) {
  const found = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    if (found.length && line === found.at(-1)[1] + 1) found.at(-1)[1] = line;
    else found.push([line, line]);
  }
  return found;
}
