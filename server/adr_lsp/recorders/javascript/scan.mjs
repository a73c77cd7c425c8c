// Reads just enough of JavaScript and TypeScript to find, from a position in a file, the call that stands there: its
// title as it is written, where the call ends, and the names of a property's arguments. What it cannot read it
// answers with null; whoever asks then goes by what the tool says.

const TESTS = "test|it|specify|describe|suite|context";
const CLOSING = { "(": ")", "[": "]", "{": "}" };
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield))$/;
const FUNCTION = /^(?:async\b\s*)?(?:function\b|\(|[\w$]+\s*=>)/;
const MODIFIER = /[\w$.\s]/;

/** Where the string, template, comment, regular expression or bracket that begins at `at` ends; null if it does not. */
export function skip(text, at) {
  const here = text[at];
  if (here === '"' || here === "'") return string(text, at);
  if (here === "`") return template(text, at);
  if (here in CLOSING) return balanced(text, at);
  if (here === "/") return comment(text, at) ?? (isRegex(text, at) ? regex(text, at) : at + 1);
  return at + 1;
}

function string(text, at) {
  for (let i = at + 1; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === text[at]) return i + 1;
  }
  return null;
}

function template(text, at) {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "`") return i + 1;
    else if (text[i] === "$" && text[i + 1] === "{") {
      const end = balanced(text, i + 1);
      if (end === null) return null;
      i = end - 1;
    }
  }
  return null;
}

function comment(text, at) {
  if (text[at + 1] === "/") {
    const end = text.indexOf("\n", at);
    return end < 0 ? text.length : end;
  }
  if (text[at + 1] !== "*") return null;
  const end = text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end + 2;
}

function isRegex(text, at) {
  return BEFORE_REGEX.test(text.slice(Math.max(0, at - 200), at).trimEnd());
}

function regex(text, at) {
  let inClass = false;
  for (let i = at + 1; i < text.length && text[i] !== "\n"; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "[") inClass = true;
    else if (text[i] === "]") inClass = false;
    else if (text[i] === "/" && !inClass) return i + 1;
  }
  return at + 1;
}

function balanced(text, at) {
  const close = CLOSING[text[at]];
  let i = at + 1;
  while (i !== null && i < text.length) {
    if (text[i] === close) return i + 1;
    if (text[i] === ")" || text[i] === "]" || text[i] === "}") return null;
    i = skip(text, i);
  }
  return null;
}

/** The first place from `at` on that holds neither white space nor comment. */
function solid(text, at) {
  for (;;) {
    while (at < text.length && /\s/.test(text[at])) at++;
    const end = text[at] === "/" ? comment(text, at) : null;
    if (end === null) return at;
    at = end;
  }
}

/** The parts of what stands in brackets, between its commas: `[start, end]` each. */
function parts(text, open, end) {
  const found = [];
  let start = solid(text, open + 1);
  for (let i = start; i !== null && i < end - 1; ) {
    if (text[i] === ",") {
      found.push([start, i]);
      i = start = solid(text, i + 1);
    } else i = skip(text, i);
  }
  if (start < end - 1) found.push([start, end - 1]);
  return found;
}

export class Text {
  #starts = [0];
  #calls = null;
  #roots = null;
  #written = null;
  #known = new Map();

  constructor(text) {
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The line, from 1, that an offset stands on. */
  line(offset) {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** All calls that make tests or suites by the usual names, in their order, each with its `children`. */
  get calls() {
    if (this.#calls === null) {
      this.#calls = [];
      const open = [];
      for (const { index } of this.text.matchAll(new RegExp(`(?<![\\w$.])(?:${TESTS})(?=[\\s.(<])`, "g"))) {
        const call = this.#callFrom(index, this.line(index));
        if (!call?.title) continue;
        while (open.length && open.at(-1).end <= index) open.pop();
        call.isListed = true;
        call.parent = open.at(-1) ?? null;
        call.parent?.children.push(call);
        open.push(call);
        this.#calls.push(call);
      }
    }
    return this.#calls;
  }

  /** The calls that stand in no other. */
  get roots() {
    return (this.#roots ??= this.calls.filter((call) => call.parent === null));
  }

  /** The calls whose title is a text. */
  get written() {
    return (this.#written ??= this.calls.filter((call) => call.title.pieces !== null));
  }

  /** The calls around one, the outermost first. */
  above(call) {
    const found = [];
    for (let each = call.parent; each; each = each.parent) found.unshift(each);
    return found;
  }

  /** The call at a position that a tool gives for a test or suite: at its name, a modifier, or its last bracket. */
  callAt(line, column) {
    const at = (this.#starts[line - 1] ?? this.text.length) + Math.max(0, column - 1);
    return this.#callFrom(this.text[at] === ")" ? at + 1 : at, line);
  }

  #callFrom(at, line) {
    try {
      return this.#read(at, line);
    } catch (error) {
      if (error instanceof RangeError) return null; // nested beyond all reason
      throw error;
    }
  }

  #read(at, line) {
    const { text } = this;
    let found = null;
    for (;;) {
      while (at < text.length && MODIFIER.test(text[at])) at++;
      if (text[at] === "<") at = generics(text, at) ?? text.length;
      at = solid(text, at);
      const end = text[at] === "`" ? template(text, at) : text[at] === "(" ? balanced(text, at) : null;
      if (end === null) break;
      if (text[at] === "(") found = { open: at, end };
      at = solid(text, end);
      if (text[at] !== "(" && text[at] !== "`") break;
    }
    return found && this.#call(found, line);
  }

  #call({ open, end }, line) {
    if (!this.#known.has(open)) {
      const [title, second] = parts(this.text, open, end);
      const lines = [Math.min(line, this.line(open)), this.line(end - 1)];
      const written = title ? literal(this.text.slice(...title).trimEnd()) : null;
      this.#known.set(open, { title: written, start: open, end, lines, second: second ?? null, parent: null, children: [], isListed: false });
    }
    return this.#known.get(open);
  }

  /** Whether what is called is one of the usual functions of a test tool. */
  makesTest({ start }) {
    return new RegExp(`(?<![\\w$])(?:${TESTS})\\b[^;{}]*$`).test(this.text.slice(Math.max(0, start - 200), start));
  }

  /** Lines of all calls of these functions: `[name, first, last]`. */
  callsOf(names) {
    const found = [];
    const pattern = new RegExp(`(?<![\\w$.])(${names.join("|")})\\s*\\(`, "g");
    for (const match of this.text.matchAll(pattern)) {
      const end = balanced(this.text, match.index + match[0].length - 1);
      if (end !== null) found.push([match[1], this.line(match.index), this.line(end - 1)]);
    }
    return found;
  }

  /** The names of a property's arguments in a call, if it holds one property and they are plain names. */
  argumentNames(call) {
    const body = this.text.slice(call.start, call.end);
    const found = [...body.matchAll(/\b(?:property|asyncProperty)\s*(?:<[^()]*>)?\s*\(/g)];
    if (found.length > 1) return null;
    if (found.length === 0) return call.second && parameterNames(this.text.slice(...call.second));
    const open = call.start + found[0].index + found[0][0].length - 1;
    const end = balanced(this.text, open);
    const last = end === null ? undefined : parts(this.text, open, end).at(-1);
    return last ? parameterNames(this.text.slice(...last)) : null;
  }
}

function generics(text, at) {
  let depth = 0;
  for (let i = at; i !== null && i < text.length; i = text[i] === "<" || text[i] === ">" ? i + 1 : skip(text, i)) {
    if (text[i] === "<") depth++;
    if (text[i] === ">" && text[i - 1] !== "=" && --depth === 0) return i + 1;
  }
  return null;
}

/** A title as written: `pieces` are the texts around the `${…}` of a template, null where it is no single string. */
function literal(source) {
  if (/^(["'`])[^]*\1$/.test(source) && skip(source, 0) === source.length) {
    const written = source.slice(1, -1);
    return { written, pieces: (source[0] === "`" ? pieces(written) : [written]).map(unescaped) };
  }
  return FUNCTION.test(source) ? null : { written: source, pieces: null };
}

function pieces(written) {
  const found = [];
  let start = 0;
  for (let i = 0; i < written.length; i++) {
    if (written[i] === "\\") i++;
    else if (written[i] === "$" && written[i + 1] === "{") {
      const end = balanced(written, i + 1);
      if (end === null) break;
      found.push(written.slice(start, i));
      start = end;
      i = end - 1;
    }
  }
  return [...found, written.slice(start)];
}

const NAMED = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" };

function unescaped(text) {
  const one = (_, line, hex, code, unit, other) => {
    if (line !== undefined) return "";
    const number = hex ?? code ?? unit;
    if (number !== undefined) return String.fromCodePoint(Math.min(parseInt(number, 16), 0x10ffff));
    return NAMED[other] ?? other;
  };
  return text.replace(/\\(?:(\r\n|[\n\r\u2028\u2029])|x([\da-f]{2})|u\{([\da-f]+)\}|u([\da-f]{4})|([^]))/giu, one);
}

function parameterNames(source) {
  const head = /^(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*\s*)?/.exec(source)[0].length;
  const single = /^([\w$]+)\s*=>/.exec(source.slice(head));
  if (single) return [single[1]];
  if (source[head] !== "(") return null;
  const end = balanced(source, head);
  if (end === null) return null;
  const names = listed(source.slice(head + 1, end - 1)).map((each) => /^([A-Za-z_$][\w$]*)\s*\??\s*(?::[^]*)?$/.exec(each)?.[1]);
  return names.every(Boolean) ? names : null;
}

/** Parameters between commas; a type's own commas stand in brackets, or between `<` and `>`. */
function listed(source) {
  const found = [];
  let start = 0;
  let depth = 0;
  for (let i = 0; i !== null && i < source.length; ) {
    if (source[i] === "<") depth++;
    if (source[i] === ">" && source[i - 1] !== "=") depth--;
    if (source[i] === "," && depth === 0) {
      found.push(source.slice(start, i).trim());
      start = i + 1;
    }
    i = "<>,".includes(source[i]) ? i + 1 : skip(source, i);
  }
  return [...found, source.slice(start).trim()].filter(Boolean);
}
