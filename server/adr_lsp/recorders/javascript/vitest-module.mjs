// One test file in one run of vitest. Failures are written as they come, all else when the file has ended: until then
// a hook, a crash or a snapshot may still take a pass away.

import path from "node:path";

import { found as placeOf, messageOf, properties, unestablished } from "./cases.mjs";
import { readRegular } from "./project.mjs";
import { stackOf } from "./stack.mjs";
import { VitestCoverage } from "./vitest-coverage.mjs";

const HOOKS = { beforeEach: "setup", beforeAll: "setup", before: "setup", afterEach: "teardown", afterAll: "teardown", after: "teardown" };
const TIMEOUT = /^(?:Test|Hook) timed out in /;
const KEY = /^exports\[`([^]*?)`\] = `([^]*?)`;$/gm;
const WRITTEN = "a snapshot was written, and compared with nothing";

export class VitestModule {
  #isCollected = false;
  #hooks = [];
  #snapshots = null;
  #written = new Map();
  #isSettled = false;
  hasEnded = false;
  isLost = false;

  #names;

  constructor(evidence, module, vitest, names) {
    this.evidence = evidence;
    this.module = module;
    this.vitest = vitest;
    this.path = names.path;
    this.#names = names;
  }

  queued() {
    this.#snapshots ??= this.#snapshotsNow();
  }

  /** The file and what it imports are read, and its parameters told, before the first test runs. */
  collected() {
    if (this.#isCollected) return;
    this.#isCollected = true;
    this.#hooks = this.#names.text?.callsOf(Object.keys(HOOKS)) ?? [];
    this.evidence.addFiles(this.#imported());
    this.evidence.writeContent();
    const tests = this.#tests();
    for (const test of tests) this.#names.call(scopes(test));
    this.#writeParameters(tests);
  }

  #tests() {
    return [...this.module.children.allTests()];
  }

  #writeParameters(tests) {
    const parameters = {};
    const left = new Set();
    for (const test of tests) {
      const { test: name, parameter } = this.#names.identity(scopes(test));
      if (this.#isLeftOut(test)) left.add(name);
      else if (parameter !== null) (parameters[name] ??= []).push(parameter);
    }
    const narrowed = Object.keys(parameters).filter((name) => left.has(name));
    if (Object.keys(parameters).length) this.evidence.write("collected", { parameters, narrowed });
  }

  /** Not selected: by a filter, by another test's `.only`, by a bail. vitest calls these skipped too. */
  #isLeftOut(test) {
    if (test.options.mode !== "skip") return false;
    const pattern = test.project.config.testNamePattern ?? this.vitest.config.testNamePattern;
    const text = this.#names.text?.text ?? "";
    const isNarrowed = pattern || this.vitest.config.bail || /\bonly\b/.test(text) || test.module.task?.file?.testLocations;
    return Boolean(isNarrowed) && !this.#saysSkip(test);
  }

  /** Whether the source says at the test, or at a suite around it, that it is to be skipped. */
  #saysSkip(test) {
    const all = scopes(test);
    return all.some((_, at) => {
      const call = this.#names.call(all.slice(0, at + 1));
      if (!call) return false;
      const { text } = this.#names.text;
      const [before] = /[\w$.\s()[\]'"`,!=<>|&-]*$/.exec(text.slice(Math.max(0, call.start - 200), call.start));
      const statement = before.slice(before.search(/\b(?:test|it|describe|suite|[xf]?(?:it|test|describe))\b[^;]*$/));
      const options = call.second ? text.slice(...call.second) : "";
      return /\b(?:skip|skipIf|runIf|todo)\b/.test(statement) || (options[0] === "{" && /\b(?:skip|todo)\b/.test(options));
    });
  }

  /** The project's files in vite's graph, from the test and what is set up before it, and those that node loaded. */
  *#imported() {
    const { project } = this.module;
    const roots = [this.module.moduleId, ...project.config.setupFiles];
    const graphs = [...Object.values(project.vite.environments ?? {}).map((each) => each.moduleGraph), project.vite.moduleGraph];
    const seen = new Set();
    const pending = graphs.flatMap((graph) => roots.flatMap((file) => [...(graph?.getModulesByFile?.(file) ?? [])]));
    while (pending.length) {
      const found = pending.pop();
      if (seen.has(found)) continue;
      seen.add(found);
      if (found.file && path.isAbsolute(found.file)) yield found.file;
      pending.push(...(found.importedModules ?? []));
    }
    yield this.module.moduleId;
    yield* this.#told("adrLspLoaded") ?? [];
  }

  /** What the worker noted of the whole file. */
  #told(name) {
    return (this.module.meta?.() ?? this.module.task?.meta)?.[name];
  }

  result(test) {
    if (test.result().state === "failed") this.#write(test);
  }

  ended() {
    this.hasEnded = true;
    this.settle();
  }

  /** Everything about the file is known. */
  settle() {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const tests = this.#tests();
    this.collected();
    this.evidence.addFiles(this.#imported());
    this.evidence.addSettings([this.#snapshotFile()].filter(Boolean));
    this.evidence.writeContent();
    const errors = this.module.errors();
    if (tests.length === 0 && errors.length) return this.evidence.collectError(this.module.moduleId, messageOf(errors));
    const written = this.#writtenSnapshots();
    for (const test of tests) {
      if (!this.#isLeftOut(test) && !this.#written.has(test.id)) this.#write(test, written);
    }
    this.evidence.uncovered ??= this.#told("adrLspFault") ?? null;
    const ran = tests.filter((test) => this.#written.has(test.id) && test.result().state !== "skipped");
    const extents = tests.map((test) => this.#extent(test));
    new VitestCoverage(this.evidence, this.module).write(ran.map((test) => this.#covered(test)), extents);
  }

  #covered(test) {
    const [name, parameter] = this.#written.get(test.id);
    return { id: test.id, test: name, parameter, ran: test.meta().adrLspRan, extent: this.#extent(test) };
  }

  /** The first and last line of the call that makes a test. */
  #extent(test) {
    return this.#names.call(scopes(test))?.lines ?? null;
  }

  #write(test, written = []) {
    const facts = this.#facts(test, written);
    if (facts === null) return;
    const { test: name, parameter } = this.#names.identity(scopes(test));
    this.#written.set(test.id, [name, parameter]);
    this.evidence.write("result", { test: name, parameter, cases: null, counterexample: null, ...facts });
  }

  /** An error that no test caught takes the passes away: of the test that it names, or of the whole file. */
  unhandled(error) {
    const tests = this.#tests().filter((test) => this.#written.has(test.id));
    const named = tests.filter((test) => test.name === error.VITEST_TEST_NAME);
    const message = messageOf([error]) || String(error.type ?? "unhandled error");
    if (tests.length === 0) return this.evidence.collectError(this.module.moduleId, message);
    for (const test of named.length ? named : tests) this.#error(test, "crash", message);
  }

  #error(test, error, message) {
    const [name, parameter] = this.#written.get(test.id);
    this.evidence.write("result", { test: name, parameter, outcome: "error", duration: 0, message, error, cases: null, counterexample: null });
  }

  #facts(test, written) {
    const result = test.result();
    const told = test.diagnostic();
    const facts = { outcome: null, duration: Math.round((told?.duration ?? 0) * 1000) / 1e6 };
    const broken = this.#brokenAround(test);
    if (result.state === "pending") return this.#pending(test, facts);
    if (result.state === "skipped") return broken ? this.#broken(facts, broken, "setup") : skipped(test, result, facts);
    Object.assign(facts, this.#properties(test));
    const errors = result.errors ?? [];
    if (result.state === "failed") return this.#failed(test, facts, errors);
    if (broken) return this.#broken(facts, broken, "teardown");
    if (test.options.fails) return { ...facts, outcome: "xfailed", message: messageOf(errors) };
    if (told?.flaky) return { ...facts, outcome: "flaky", attempts: attempts(told, "passed"), message: messageOf(errors) };
    const full = fullName(test);
    if (written.some((key) => key === full || key.startsWith(`${full} > `))) return { ...facts, outcome: "skipped", message: WRITTEN };
    return { ...facts, outcome: "passed" };
  }

  /** A test of a file that ended before it: its worker died. */
  #pending(test, facts) {
    if (this.vitest.isCancelling || !["run", "queued"].includes(test.options.mode ?? "run")) return null;
    this.isLost = true;
    return { ...facts, outcome: "error", error: "crash", message: messageOf(this.module.errors()) || "the file ended before this test" };
  }

  #failed(test, facts, errors) {
    const message = messageOf(errors);
    const told = test.diagnostic();
    const found = { ...facts, outcome: "failed", message, ...this.#location(errors) };
    if (told?.retryCount) found.attempts = attempts(told, "failed");
    if (test.options.fails && message.startsWith("Expect test to fail")) return { ...found, outcome: "xpassed", strict: true };
    const kind = this.#errorKind(test, errors, message);
    return kind === null ? found : { ...found, outcome: "error", error: kind };
  }

  /** Why a failure says nothing about what is tested, or null where it does. */
  #errorKind(test, errors, message) {
    const refutes = unestablished(message);
    if (refutes !== null) return refutes;
    if (TIMEOUT.test(message)) return message.startsWith("Hook") ? "setup" : "deadline";
    const kinds = errors.map((error) => this.#hookOf(error));
    return kinds.length && kinds.every(Boolean) ? kinds[0] : null;
  }

  #hookOf(error) {
    for (const { file, line } of stackOf(error)) {
      if (file !== this.module.moduleId) continue;
      const hook = this.#hooks.find(([, first, last]) => first <= line && line <= last);
      if (hook) return HOOKS[hook[0]];
    }
    return null;
  }

  #location(errors) {
    for (const error of [...errors.map((each) => each?.cause).filter(Boolean), ...errors]) {
      for (const { file, line } of stackOf(error)) {
        const own = this.evidence.project.own(file);
        if (own !== null && line > 0) return { location: [own, line] };
      }
    }
    return {};
  }

  /** The errors of a suite around a test: what its `beforeAll` or `afterAll` threw. */
  #brokenAround(test) {
    for (let each = test.parent; each; each = each.type === "module" ? null : each.parent) {
      const errors = each.errors?.() ?? [];
      if (errors.length) return errors;
    }
    return null;
  }

  #broken(facts, errors, kind) {
    return { ...facts, outcome: "error", error: kind, message: messageOf(errors), ...this.#location(errors) };
  }

  #properties(test) {
    const tries = test.meta().adrLspAttempts;
    if (!tries?.length) return {};
    const call = this.#names.call(scopes(test));
    const names = call && this.#names.text.argumentNames(call);
    const found = properties(tries.at(-1), names);
    const failing = tries.map((one) => properties(one, names).counterexample).find(Boolean);
    const hasFailed = test.result().errors?.length || test.options.fails;
    const place = placeOf(messageOf(test.result().errors ?? []));
    return failing && hasFailed ? { ...found, counterexample: { ...failing, ...place } } : { ...found, counterexample: null };
  }

  #snapshotFile() {
    const file = this.vitest.snapshot?.resolvePath?.(this.module.moduleId, { config: this.module.project.serializedConfig });
    return typeof file === "string" ? file : null;
  }

  #snapshotsNow() {
    const file = this.#snapshotFile();
    const text = file === null ? null : readRegular(file)?.toString("utf8");
    return new Map([...(text ?? "").matchAll(KEY)].map(([, key, value]) => [key, value]));
  }

  /** The keys of the snapshots that this run wrote, without their counts: a test's full name, and a hint. */
  #writtenSnapshots() {
    const before = this.#snapshots ?? new Map();
    const fresh = [...this.#snapshotsNow()].filter(([key, value]) => before.get(key) !== value);
    return fresh.map(([key]) => key.replace(/\\([`\\$])/g, "$1").replace(/ \d+$/, ""));
  }
}

/** From the outermost suite to the test itself. */
function scopes(test) {
  const found = [];
  for (let each = test; each.type !== "module"; each = each.parent) {
    found.unshift({ name: each.name, line: each.location?.line, column: each.location?.column });
  }
  return found;
}

const fullName = (test) => scopes(test).map((scope) => scope.name).join(" > ");

function skipped(test, result, facts) {
  const message = result.note ?? (test.options.mode === "todo" ? "todo" : "");
  return { ...facts, outcome: "skipped", message };
}

function attempts({ retryCount }, last) {
  return [...Array(retryCount).fill("failed"), last];
}
