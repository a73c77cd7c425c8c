// The view of tests in a window that only notes down what it is told, by servers that are slow, or know little.

const Module = require("node:module");

const [built, scene] = process.argv.slice(2);
const told = [];
const note = (what) => (item, message) => told.push([what, item.id, message?.message].filter(Boolean).join(" "));
/** As VS Code's: it takes no id twice. */
const items = () => {
  let known = new Map();
  return {
    get: (id) => known.get(id),
    delete: (id) => known.delete(id) && told.push(`deleted ${id}`),
    replace(all) {
      const next = new Map(all.map((item) => [item.id, item]));
      if (next.size < all.length) throw new Error("a test item's ID is there twice");
      known = next;
    },
    all: () => [...known.values()],
    told: () => [...known.values()].map(({ label, description }) => [label, description].filter(Boolean).join(" ")),
  };
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
  ...Object.fromEntries(["FileCoverage", "Range", "TestRunRequest", "TestTag"].map((name) => [name, nothing])),
  TestMessage: class {
    constructor(message) {
      this.message = message;
    }
  },
  TestRunProfileKind: {},
  Uri: { parse: (words) => ({ fsPath: new URL(words).pathname, toString: () => words }) },
  workspace: { isTrusted: true },
  tests: { createTestController: () => controller },
};
const RUN = "run";
const stubs = { vscode: window, "vscode-languageclient/node": { ExecuteCommandRequest: { type: RUN } } };
const load = Module._load;
Module._load = (name, ...rest) => stubs[name] ?? load(name, ...rest);

let ran = null;
const place = { uri: "file:///all/part/a.md", line: 0, description: "" };
const test = () => ({ ...place, id: "a.py::t", label: "", state: ran && "passed", run: ran, told: "now", seconds: 0, stale: [], failures: [] });
const invariant = () => ({ ...place, key: "A/INV-1", label: "", tests: [test()] });
const record = (label, root = "file:///all") => ({ ...place, root, key: "A", label, invariants: [invariant()] });
const TREE = "adr-lsp/tests";

const { createTesting } = require(built);
/** The view of a server that answers so. */
function view(answers) {
  createTesting(async () => ({ isRunning: () => true, sendRequest: async (method) => answers[method]() }), console);
  return handlers["Run with Coverage"];
}

const scenes = {
  async unknownLines() {
    const covering = view({
      [RUN]: () => void (ran = "today"),
      [TREE]: () => [record("")],
      "adr-lsp/coverage": () => Promise.reject(new Error("there is no A/INV-1 any more")),
    });
    await covering.handler({});
    return told;
  },
  /** The only test of an invariant goes. */
  async lost() {
    const other = { ...invariant(), key: "A/INV-2" };
    const answers = [invariant(), { ...invariant(), tests: [] }].map((one) => [{ ...record("A"), invariants: [one, other] }]);
    view({ [TREE]: () => answers.shift() });
    const row = () => controller.items.all()[0].children.get("A/INV-1");
    await controller.refreshHandler();
    const before = row();
    await controller.refreshHandler();
    return { hadLine: !!before.range, hasLine: !!row().range, deleted: told.filter((what) => /^deleted/.test(what)) };
  },
  /** A folder of the workspace lies in another one. */
  async folders() {
    view({ [TREE]: () => [record("A"), record("A", "file:///all/part")] });
    await controller.refreshHandler();
    return controller.items.told();
  },
  /** The first answer would come after the second one. */
  async slow() {
    const late = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve, [record("before")])));
    const answers = [late, () => [record("after")]];
    view({ [TREE]: () => answers.shift()() });
    await Promise.all([controller.refreshHandler(), controller.refreshHandler()]);
    return controller.items.told();
  },
};
scenes[scene]().then((saw) => process.stdout.write(JSON.stringify(saw), () => process.exit()));
