// One test file in one run of node:test, from the events of its tests.

import path from "node:path";

import { found as placeOf, messageOf, properties, stripped, unestablished } from "./cases.mjs";
import { LONGEST_MESSAGE } from "./evidence.mjs";
import { Names } from "./names.mjs";
import { NodeCoverage } from "./node-coverage.mjs";
import { readRegular } from "./project.mjs";
import { stackOf } from "./stack.mjs";

const NOT_SELECTED = /^(?:'only' option not set|test name does not match pattern)/;
const HOOK = /^failed running (before|beforeEach|after|afterEach) hook/;
const LATE = /^Error: (?:Test "[^]*?" at .*:(\d+):(\d+)|A resource) generated asynchronous activity after the test ended/;
const LOST = ["cancelledByParent", "testAborted", "uncaughtException", "unhandledRejection"];

export class NodeTestFile {
  hasFailed = false;
  #chain = [];
  #tests = [];
  #suites = [];
  #fault = null;
  #said = [];
  #late = [];

  constructor(evidence, file) {
    this.evidence = evidence;
    this.file = file;
    this.path = evidence.project.own(file);
    const source = readRegular(file)?.toString("utf8") ?? null;
    this.names = new Names(this.path, source);
  }

  take(type, data) {
    if (type === "test:stderr" || type === "test:diagnostic") this.#said.push(String(data.message ?? ""));
    if (type === "test:diagnostic" && LATE.test(data.message ?? "")) this.#late.push(data.message);
    if (type !== "test:start" && type !== "test:pass" && type !== "test:fail") return;
    this.hasFailed ||= type === "test:fail" && data.todo === undefined;
    if (this.#isFile(data)) {
      if (type === "test:fail") this.#fault = data.details?.error ?? {};
      return;
    }
    const { name, line, column, nesting } = data;
    if (type === "test:start") {
      this.#chain.length = Math.min(this.#chain.length, nesting);
      this.#chain[nesting] = { name, line, column };
      return;
    }
    const scopes = [...this.#chain.slice(0, nesting), { name, line, column }];
    const told = { scopes, passed: type === "test:pass", data, error: data.details?.error };
    (data.details?.type === "suite" ? this.#suites : this.#tests).push(told);
  }

  /** The runner calls the file itself a test, of the file's name at its beginning. */
  #isFile({ name, line, column, nesting, file }) {
    return nesting === 0 && line === 1 && column === 1 && path.resolve(name) === path.resolve(file);
  }

  /** Everything is known; `noted` is what the file's own process found, if it told. */
  write(noted) {
    if (this.path === null) return;
    this.#addLoaded(noted);
    for (const { scopes } of this.#tests) this.names.call(scopes);
    const tests = this.#tests.filter(({ data }) => !NOT_SELECTED.test(String(data.skip ?? "")));
    for (const test of tests) Object.assign(test, this.names.identity(test.scopes), this.#noted(test, noted));
    this.#writeParameters(tests);
    for (const test of tests) this.#result(test, this.#facts(test, tests));
    for (const suite of this.#suites) this.#brokenSuite(suite, tests);
    if (this.#fault !== null) this.#brokenFile(tests);
    else for (const message of this.#late) this.#failedLate(message, tests);
    if (noted?.fault) this.evidence.uncovered ??= noted.fault;
    if (noted?.ran) new NodeCoverage(this.evidence, this.names).write(tests, noted.ran);
  }

  #addLoaded(noted) {
    this.evidence.addFiles(Object.keys(noted?.loaded ?? {}));
    this.evidence.addSettings([`${this.file}.snapshot`]);
    this.evidence.writeContent();
    const differ = Object.entries(noted?.loaded ?? {})
      .map(([file, digest]) => [this.evidence.project.own(file), digest])
      .filter(([file, digest]) => file !== null && (this.evidence.content.digests.get(file) ?? digest) !== digest);
    if (differ.length) this.evidence.write("changed", { files: differ.map(([file]) => file) });
  }

  /** What the file's process noted of a test: the first note of its name that no other has taken. */
  #noted({ scopes }, noted) {
    const name = scopes.map((scope) => scope.name).join(" > ");
    const at = noted?.tests.findIndex((each) => each.name === name && !each.isTaken) ?? -1;
    if (at < 0) return { note: null, id: null };
    noted.tests[at].isTaken = true;
    return { note: noted.tests[at], id: at };
  }

  #writeParameters(tests) {
    const parameters = {};
    for (const { test, parameter } of tests) if (parameter !== null) (parameters[test] ??= []).push(parameter);
    if (Object.keys(parameters).length) this.evidence.write("collected", { parameters, narrowed: [] });
  }

  #result({ test, parameter, data, note, scopes, error }, facts) {
    const call = this.names.call(scopes);
    const names = call && this.names.text.argumentNames(call);
    const cases = note ? properties(note.properties, names) : {};
    if (cases.counterexample) Object.assign(cases.counterexample, placeOf(messageOf(errors(error))));
    if (facts.outcome === "passed" || facts.outcome === "skipped") delete cases.counterexample;
    const duration = Math.round((data.details?.duration_ms ?? 0) * 1000) / 1e6;
    this.evidence.write("result", { test, parameter, duration, cases: null, counterexample: null, ...cases, ...facts });
  }

  #facts(test, tests) {
    const { data, passed, error } = test;
    if (data.skip !== undefined) return { outcome: "skipped", message: data.skip === true ? "" : String(data.skip) };
    if (data.todo !== undefined) return { outcome: "skipped", message: data.todo === true ? "todo" : `todo: ${data.todo}` };
    const isExpected = data.expectFailure !== undefined && data.expectFailure !== false;
    if (passed && isExpected) return { outcome: "xfailed", message: messageOf(errors(error)) };
    if (passed) return this.#isIdle(test, tests) ? { outcome: "skipped", message: "all its subtests were skipped" } : { outcome: "passed" };
    const found = { outcome: "failed", message: messageOf(errors(error)), ...this.#location(error) };
    if (isExpected && error?.failureType === "expectedFailure") return { ...found, outcome: "xpassed", strict: true };
    if (error?.failureType === "subtestsFailed") return this.#worstBelow(test, tests, found);
    const kind = errorKind(error, found.message);
    return kind === null ? found : { ...found, outcome: "error", error: kind };
  }

  #below({ scopes }, tests) {
    return tests.filter((each) => each.scopes.length > scopes.length && scopes.every((scope, at) => isSame(scope, each.scopes[at])));
  }

  /** Whether a test holds subtests of which none ran. */
  #isIdle(test, tests) {
    const below = this.#below(test, tests);
    return below.length > 0 && below.every(({ data }) => data.skip !== undefined || data.todo !== undefined);
  }

  /** A test is what its subtests are, where they are what failed. */
  #worstBelow(test, tests, found) {
    const failed = this.#below(test, tests).filter(({ passed, data }) => !passed && data.todo === undefined);
    const facts = failed.map((each) => this.#facts(each, tests)).sort((a, b) => (a.outcome === "failed" ? -1 : 0) - (b.outcome === "failed" ? -1 : 0));
    return facts[0] ?? found;
  }

  /** What a suite's hook throws is an error of all its tests; what its body throws leaves the file half read. */
  #brokenSuite(suite, tests) {
    const { passed, error } = suite;
    if (passed || suite.data.todo !== undefined || error?.failureType === "subtestsFailed") return;
    const message = messageOf(errors(error));
    const hook = HOOK.exec(error?.message ?? "")?.[1];
    if (hook === undefined) return this.evidence.collectError(this.file, message);
    for (const test of this.#below(suite, tests)) this.#error(test, hook.startsWith("before") ? "setup" : "teardown", message);
  }

  /** The process failed though its tests did not: an error of each of them, or of a file that has none. */
  #brokenFile(tests) {
    const { exitCode, signal, message } = this.#fault;
    const ended = signal ? `the process was ended by ${signal}` : exitCode ? `the process ended with ${exitCode}` : message;
    const said = stripped(this.#said.join("\n")).trim();
    const told = [ended, said].filter(Boolean).join(": ").slice(0, LONGEST_MESSAGE);
    if (this.#tests.length === 0) return this.evidence.collectError(this.file, told);
    for (const test of tests) this.#error(test, "crash", told);
  }

  /** What a test began and left alone failed after it: an error of that test, or of all where nobody tells whose. */
  #failedLate(message, tests) {
    const [, line, column] = LATE.exec(message).map(Number);
    const own = tests.filter(({ scopes }) => scopes.at(-1).line === line && scopes.at(-1).column === column);
    const told = stripped(message).slice(0, LONGEST_MESSAGE);
    for (const test of own.length ? own : tests) if (test.passed) this.#error(test, "crash", told);
  }

  #error({ test, parameter }, error, message) {
    this.evidence.write("result", { test, parameter, outcome: "error", duration: 0, message, error, cases: null, counterexample: null });
  }

  #location(error) {
    for (const each of errors(error).flatMap((one) => [one?.cause, one]).filter(Boolean)) {
      for (const { file, line } of stackOf(each)) {
        const own = this.evidence.project.own(file);
        if (own !== null) return { location: [own, line] };
      }
    }
    return {};
  }
}

const isSame = (one, other) => one.name === other.name && one.line === other.line && one.column === other.column;

/** What was thrown, without the runner's own error around it. */
function errors(error) {
  if (error === undefined || error === null) return [];
  return [typeof error.cause === "object" && error.cause !== null ? error.cause : error];
}

/** Why a failure says nothing about what is tested, or null where it does. */
function errorKind(error, message) {
  if (error?.failureType === "testTimeoutFailure") return "deadline";
  if (LOST.includes(error?.failureType)) return "crash";
  const hook = error?.failureType === "hookFailed" ? HOOK.exec(error.message)?.[1] : undefined;
  if (hook !== undefined) return hook.startsWith("before") ? "setup" : "teardown";
  return unestablished(message);
}
