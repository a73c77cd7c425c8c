// Runs a test with coverage in a window that only notes down what it is told, by a server that ran the test and then
// knows nothing of its lines.

const Module = require("node:module");

const [built] = process.argv.slice(2);
const told = [];
const note = (what) => (item, message) => told.push([what, item.id, message?.message].filter(Boolean).join(" "));
const items = () => {
  const known = new Map();
  return { get: (id) => known.get(id), replace: (all) => all.forEach((item) => known.set(item.id, item)) };
};
const run = {
  token: { isCancellationRequested: false },
  ...Object.fromEntries(["passed", "failed", "errored", "skipped"].map((what) => [what, note(what)])),
  started: () => undefined,
  appendOutput: (words) => told.push(words.trim()),
  end: () => undefined,
};
const handlers = {};
const controller = {
  items: items(),
  createTestItem: (id, label, uri) => ({ id, label, uri, children: items() }),
  createTestRun: () => run,
  createRunProfile: (title, _kind, handler) => (handlers[title] = { handler }),
};
const nothing = class {
  isEqual = () => true;
};
const window = {
  ...Object.fromEntries(["FileCoverage", "Range", "TestTag"].map((name) => [name, nothing])),
  TestMessage: class {
    constructor(message) {
      this.message = message;
    }
  },
  TestRunProfileKind: {},
  Uri: { parse: String },
  workspace: { isTrusted: true },
  tests: { createTestController: () => controller },
};
const RUN = "run";
const stubs = { vscode: window, "vscode-languageclient/node": { ExecuteCommandRequest: { type: RUN } } };
const load = Module._load;
Module._load = (name, ...rest) => stubs[name] ?? load(name, ...rest);

let ran = null;
const place = { uri: "file:///a.md", line: 0, label: "", description: "" };
const test = () => ({ ...place, id: "a.py::t", state: ran && "passed", run: ran, told: "now", seconds: 0, stale: [], failures: [] });
const answers = {
  [RUN]: () => void (ran = "today"),
  "adr-lsp/tests": () => [{ ...place, root: "", key: "A", invariants: [{ ...place, key: "A/INV-1", tests: [test()] }] }],
  "adr-lsp/coverage": () => Promise.reject(new Error("there is no A/INV-1 any more")),
};
const client = { isRunning: () => false, sendRequest: async (method) => answers[method]() };

const { createTesting } = require(built);
createTesting(async () => client, console);
const { handler } = handlers["Run with Coverage"];
handler({}).then(() => console.log(JSON.stringify(told)));
