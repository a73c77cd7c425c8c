// In each worker of vitest, before a test file: watches fast-check and the code that runs. What it finds goes to the
// reporter with the tasks' `meta`. A fault in here never fails a user's test.

import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import * as vitest from "vitest";

import { Measurement } from "./coverage.mjs";
import { isFastCheck, settled, watch } from "./fast-check.mjs";

const asked = JSON.parse(process.env.ADR_LSP_VITEST ?? "{}");
const inside = new AsyncLocalStorage();
const worker = globalThis.__vitest_worker__;
const seen = new WeakSet();
const noted = new WeakMap(); // what a test's attempts noted; it is sent when it can be
let present = null;
let looked = 0;
let file = null;
let fault = null;
const isOwn = (url) => url.startsWith(asked.below) && !url.includes("/node_modules/");
let measurement = guarded(() => (asked.coverage ? new Measurement(isOwn) : null)) ?? null;

function guarded(doing) {
  try {
    return doing();
  } catch (error) {
    fault ??= String(error?.message ?? error);
    return undefined;
  }
}

/** The modules that were loaded through vitest, those of packages among them. */
function loaded() {
  return worker?.evaluatedModules?.idToModuleMap ?? worker?.moduleCache ?? new Map();
}

function watchFastCheck() {
  const modules = loaded();
  if (modules.size === looked) return;
  looked = modules.size;
  for (const { exports } of modules.values()) {
    if (exports === null || exports === undefined || seen.has(exports)) continue;
    seen.add(exports);
    for (const found of [exports, exports.default, exports.fc]) {
      if (isFastCheck(found)) watch(found, () => (inside.getStore() ?? present)?.at(-1) ?? null);
    }
  }
}

/** Hooks run before each attempt; those of @fast-check/vitest before each case too. */
function begin(task) {
  file = task.file;
  watchFastCheck();
  const attempts = attemptsOf(task);
  const { retryCount = 0, repeatCount = 0 } = task.result ?? {};
  if (attempts.last !== `${retryCount}:${repeatCount}`) attempts.push([]);
  attempts.last = `${retryCount}:${repeatCount}`;
  present = task.concurrent ? null : attempts;
  measurement?.before(!task.concurrent);
}

function attemptsOf(task) {
  if (!noted.has(task)) noted.set(task, []);
  return noted.get(task);
}

function finish(task) {
  const attempts = attemptsOf(task);
  if (attempts.some((one) => one.length)) task.meta.adrLspAttempts = attempts.map(settled);
  const part = measurement?.after(task.id);
  if (part) task.meta.adrLspRan = [...(task.meta.adrLspRan ?? []), ...part];
  present = null;
}

vitest.beforeEach(({ task }) => void guarded(() => begin(task)));
vitest.afterEach(({ task }) => void guarded(() => finish(task)));
vitest.aroundEach?.((run, { task }) => inside.run(attemptsOf(task), run));
vitest.afterAll(() => {
  guarded(() => {
    if (file === null) return;
    file.meta.adrLspLoaded = Object.keys(createRequire(import.meta.url).cache).filter((each) => isOwn(pathToFileURL(each).href));
    if (measurement === null) return;
    file.meta.adrLspRan = measurement.end();
    file.meta.adrLspOffsets = [...(worker.moduleExecutionInfo ?? [])].map(([path, { startOffset }]) => [path, startOffset]);
    measurement = null;
  });
  if (fault !== null && file !== null) file.meta.adrLspFault = fault;
});
