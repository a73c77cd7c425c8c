// What tests are called in the file that defines them, from what the tool calls them at run time.

import { Text } from "./scan.mjs";

const HOLES = /%%|%[sdifjoOc#$]|\$(?:#|[A-Za-z_$][\w$]*(?:\.[\w$]+)*)/g;
const SEED = "(?: \\(with seed=-?\\d+\\))?"; // @fast-check/vitest adds it
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The tests of one file. Each is told by its scopes, the outermost first: `{ name, line, column }`; line and column
 * where the tool tells them. */
export class Names {
  #resolved = new Map();
  #shown = new Map();

  constructor(path, source) {
    this.path = path;
    this.text = source === null ? null : new Text(source.replace(/^\uFEFF/, ""));
  }

  /** Whether a title is computed, so that only its place tells what a test is called in the file. */
  get needPlaces() {
    return this.text?.calls.some((call) => call.title.pieces === null) ?? false;
  }

  /** The call that makes a test, or null; asked for every test before any `identity`. */
  call(scopes) {
    return this.#resolve(scopes).calls.at(-1);
  }

  #resolve(scopes) {
    const key = JSON.stringify(scopes);
    if (!this.#resolved.has(key)) this.#resolved.set(key, this.#found(scopes));
    return this.#resolved.get(key);
  }

  /** The calls of a test and the suites around it; `isElsewhere` where the file has the test outside of these suites. */
  #found(scopes) {
    if (this.text === null) return { calls: scopes.map(() => null), isElsewhere: false };
    let level = this.text.roots;
    const calls = scopes.map((scope) => {
      const found = this.#located(scope) ?? chosen(level, scope.name);
      level = found?.children ?? [];
      return found;
    });
    calls[calls.length - 1] ??= chosen(this.text.written, scopes.at(-1).name, 1);
    calls.forEach((call, at) => this.#remember(call, scopes[at].name));
    return { calls, isElsewhere: this.#isElsewhere(calls) };
  }

  #isElsewhere(calls) {
    const own = calls.at(-1);
    if (!own?.isListed) return false;
    const above = this.text.above(own);
    return above.length !== calls.length - 1 || above.some((call, at) => call !== calls[at]);
  }

  #remember(call, name) {
    if (call === null || call.title.pieces !== null) return;
    this.#shown.set(call.start, (this.#shown.get(call.start) ?? new Set()).add(name));
  }

  /** The call where the tool says that it stands, if that is true. */
  #located({ name, line, column }) {
    const found = line ? this.text.callAt(line, column) : null;
    if (found === null || found.title === null) return null;
    const isTrue = found.title.pieces === null ? this.text.makesTest(found) : holes(found.title, name) !== null;
    return isTrue ? found : null;
  }

  /** The test as the file has it, and the parameter that tells the cases of one definition apart. */
  identity(scopes) {
    const { calls, isElsewhere } = this.#resolve(scopes);
    const named = scopes.map((scope, at) => this.#named(calls[at], scope.name));
    const titles = isElsewhere ? [...this.text.above(calls.at(-1)), calls.at(-1)].map((call) => call.title.written) : named.map((each) => each.title);
    const around = isElsewhere ? scopes.slice(0, -1).map((scope) => scope.name) : named.slice(0, -1).flatMap((each) => each.holes);
    const found = [...around, ...named.at(-1).holes];
    return { test: `${this.path}::${titles.join("::")}`, parameter: found.length ? `[${found.join(", ")}]` : null };
  }

  /** The title as written, and what the run put into its places. */
  #named(call, name) {
    if (call === null) return { title: name, holes: [] };
    const { written, pieces } = call.title;
    if (pieces !== null) return { title: written, holes: holes(call.title, name) };
    return { title: written, holes: this.#shown.get(call.start).size > 1 ? [name] : [] };
  }
}

/** The call of these that makes a test of this name: the first with just this title, the only one whose title has
 * places for it, the only one with a title that is computed. */
function chosen(calls, name, most = Infinity) {
  const exact = byTitle(calls).get(name);
  if (exact) return exact.length <= most ? exact[0] : null;
  const alike = calls.filter(({ title }) => title.pieces !== null && holes(title, name));
  if (alike.length) return alike.length === 1 ? alike[0] : null;
  const computed = calls.filter(({ title }) => title.pieces === null);
  return computed.length === 1 ? computed[0] : null;
}

const BY_TITLE = new WeakMap();

/** Calls by titles that have no places. */
function byTitle(calls) {
  if (!BY_TITLE.has(calls)) {
    const found = new Map();
    for (const call of calls) {
      const { pieces } = call.title;
      if (pieces?.length !== 1) continue;
      if (found.has(pieces[0])) found.get(pieces[0]).push(call);
      else found.set(pieces[0], [call]);
    }
    BY_TITLE.set(calls, found);
  }
  return BY_TITLE.get(calls);
}

/** What a run put into the places of a title; null if it does not make this name. */
function holes({ pieces }, name) {
  if (pieces.length === 1 && pieces[0] === name) return [];
  return pattern(pieces).exec(name)?.slice(1) ?? null;
}

function pattern(pieces) {
  return new RegExp(`^${pieces.map(formatted).join("([^]*?)")}${SEED}$`);
}

function formatted(piece) {
  let source = "";
  let start = 0;
  for (const hole of piece.matchAll(HOLES)) {
    source += escaped(piece.slice(start, hole.index)) + (hole[0] === "%%" ? "%" : "([^]*?)");
    start = hole.index + hole[0].length;
  }
  return source + escaped(piece.slice(start));
}
