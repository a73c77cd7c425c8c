// What tests are called in the file that defines them, from what the tool calls them at run time.

import { Text } from "./scan.mjs";

const HOLES = /%%|%[sdifjoOc#$]|\$(?:#|[A-Za-z_$][\w$]*(?:\.[\w$]+)*)/g;
const SEED = "(?: \\(with seed=-?\\d+\\))?"; // @fast-check/vitest adds it
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The tests of one file. Each is told by its scopes, the outermost first: `{ name, line, column }`. */
export class Names {
  #calls = new Map();
  #shown = new Map();

  constructor(path, source) {
    this.path = path;
    this.text = source === null ? null : new Text(source);
  }

  /** The call that makes a test or suite, or null; asked for every test before any `identity`. */
  call({ name, line, column }) {
    if (this.text === null || !line) return null;
    const place = `${line}:${column}`;
    if (!this.#calls.has(place)) this.#calls.set(place, this.text.callAt(line, column));
    const call = this.#calls.get(place);
    if (call?.title?.pieces === null) {
      const shown = this.#shown.get(call) ?? new Set();
      this.#shown.set(call, shown.add(name));
    }
    return call;
  }

  /** The test as the file has it, and the parameter that tells the cases of one definition apart. */
  identity(scopes) {
    const named = scopes.map((scope) => this.#named(scope));
    const holes = named.flatMap((each) => each.holes);
    return {
      test: `${this.path}::${named.map((each) => each.title).join("::")}`,
      parameter: holes.length ? `[${holes.join(", ")}]` : null,
    };
  }

  /** The title as written, and what the run put into its places. */
  #named(scope) {
    const call = this.call(scope);
    if (!call?.title) return { title: scope.name, holes: [] };
    const { written, pieces } = call.title;
    if (pieces === null) return { title: written, holes: this.#shown.get(call).size > 1 ? [scope.name] : [] };
    if (pieces.length === 1 && pieces[0] === scope.name) return { title: written, holes: [] };
    const holes = pattern(pieces).exec(scope.name)?.slice(1);
    return holes ? { title: written, holes } : { title: scope.name, holes: [] };
  }
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
