// What fast-check tells of the properties that one test checks. Nothing of its configuration is touched: 4.10 and
// later take a plugin, in earlier ones the runs of a property are counted where they happen.

const MOST_REPLAYED = 20;
const LONGEST_EXAMPLE = 20_000;
const OWN_FRAME = /\n[^\n]*[\\/]fast-check\.mjs:\d+:\d+\)?(?=\n|$)/g;
const WATCHED = Symbol.for("adr-lsp.fast-check");

/** Whether something that a module exports is fast-check. */
export function isFastCheck(found) {
  return typeof found?.assert === "function" && typeof found.asyncProperty === "function" && typeof found.stringify === "function";
}

/** Watch one copy of fast-check; `target()` is where the properties of the present test are noted, or null. */
export function watch(fc, target) {
  const watched = (globalThis[WATCHED] ??= new WeakMap());
  const isWatched = watched.has(fc.assert);
  watched.set(fc.assert, target);
  if (isWatched) return; // a worker that runs several files keeps its modules
  const present = () => watched.get(fc.assert)();
  if (typeof fc.installGlobalPlugin === "function") fc.installGlobalPlugin(() => plugin(fc, present()));
  else patch(fc, present);
}

function plugin(fc, target) {
  if (target === null) return {};
  const first = [];
  const machine = { hasCases: false, hasRun: false };
  return {
    decorateRun: (run) => (value) => {
      const result = run(value);
      const seen = first.length < MOST_REPLAYED ? { value: value, passed: false } : {};
      if (first.length < MOST_REPLAYED) first.push(seen);
      const note = (told) => {
        noted(seen, told);
        watchMachine(machine, value);
      };
      if (typeof result?.then === "function") result.then(note, () => {});
      else note(result);
      return result;
    },
    onAllRunsComplete: (details) => void target.push(idle(machine, told(fc, details, first))),
  };
}

/** Whether any generated sequence of commands ran one of them. */
function watchMachine(machine, values) {
  if (machine.hasRun || !Array.isArray(values)) return;
  for (const value of values) {
    const commands = Array.isArray(value?.commands) ? value.commands : null;
    if (commands === null || !commands.every((each) => typeof each?.hasRan === "boolean")) continue;
    machine.hasCases = true;
    machine.hasRun ||= commands.some((each) => each.hasRan);
  }
}

/** Of a machine that took no step in any case, no case tells anything. */
function idle(machine, told) {
  if (!machine.hasCases || machine.hasRun) return told;
  return { ...told, accepted: 0, rejected: told.rejected + told.accepted };
}

function noted(seen, told) {
  seen.passed = told === null;
  hide(told);
}

/** The user's stack traces show nothing of this file. */
function hide(told) {
  const { error } = told ?? {};
  if (typeof error?.stack === "string") error.stack = error.stack.replace(OWN_FRAME, "");
}

function told(fc, details, first) {
  const { runConfiguration: asked } = details;
  const examples = asked.examples?.length ?? 0;
  const replayed = first.slice(0, asked.path ? 1 : examples).filter((one) => one.passed);
  return {
    accepted: details.numRuns - (details.counterexample === null ? 0 : 1),
    rejected: details.numSkips,
    failed: details.counterexample === null ? 0 : 1,
    shrinks: details.numShrinks,
    explicit: Math.min(examples, details.numRuns),
    most: asked.numRuns ?? null,
    seed: details.seed,
    path: details.counterexamplePath,
    example: details.counterexample === null ? null : example(fc, details.counterexample),
    replayed: replayed.map((one) => example(fc, one.value)),
  };
}

/** Count what the properties of an earlier fast-check run; its configuration cannot be seen from there. */
function patch(fc, target) {
  const make = [fc.property, fc.asyncProperty];
  for (const kind of new Set(make.map((each) => Object.getPrototypeOf(each(fc.constant(0), () => true))))) {
    const run = kind.run;
    const notes = new WeakMap();
    kind.run = function (value, ...rest) {
      const result = run.call(this, value, ...rest);
      const list = target();
      if (list === null) return result;
      const note = notes.get(this)?.list === list ? notes.get(this) : begun(fc, list);
      notes.set(this, note);
      const count = (told) => {
        note.count(told, value);
        hide(told);
      };
      if (typeof result?.then === "function") result.then(count, () => {});
      else count(result);
      return result;
    };
  }
}

function begun(fc, list) {
  const found = { accepted: 0, rejected: 0, failed: 0, shrinks: 0, explicit: 0, most: null, seed: null, path: null };
  Object.assign(found, { example: null, replayed: [] });
  list.push(found);
  const count = (told, value) => {
    const isFailure = typeof told === "string" || (typeof told === "object" && told !== null && "error" in told);
    if (found.failed) found.shrinks++;
    else if (told === null) found.accepted++;
    else if (!isFailure) found.rejected++;
    if (isFailure) found.failed = 1;
    if (isFailure) found.example = () => example(fc, value);
  };
  return { list, count };
}

/** The text of a counterexample, and the source text of each argument; null where one cannot be read back. */
function example(fc, values) {
  const text = fc.stringify(values);
  const isReadable = Array.isArray(values) && values.every((value) => readable(value)) && text.length <= LONGEST_EXAMPLE;
  return { text: text.slice(0, LONGEST_EXAMPLE), values: isReadable ? values.map((value) => fc.stringify(value)) : null };
}

/** Whether what is printed of a value is source text that makes it again. */
function readable(value, depth = 0) {
  if (value === null || !["object", "function", "symbol"].includes(typeof value)) return true;
  if (typeof value !== "object" || depth > 20) return false;
  const inside = (values) => [...values].every((each) => readable(each, depth + 1));
  if (Array.isArray(value) || value instanceof Set) return inside(value);
  if (value instanceof Map) return [...value].every((pair) => inside(pair));
  if (value instanceof Date || ArrayBuffer.isView(value)) return true;
  const kind = Object.getPrototypeOf(value);
  const isPlain = kind === null || kind === Object.prototype;
  return isPlain && Object.getOwnPropertySymbols(value).length === 0 && inside(Object.values(value));
}

/** What was noted of one attempt of a test, ready to be sent to another process. */
export function settled(list) {
  return list.map((one) => ({ ...one, example: typeof one.example === "function" ? one.example() : one.example }));
}
