// Tests under the real debuggers of Python and JavaScript: a breakpoint in each is hit.

const fs = require("node:fs");
const vscode = require("vscode");
const { TEST } = require("./host.cjs");
const { command, file, person, place, runs, show, showAt, until, write } = require("./host.cjs");

const THIRD = "docs/adr/0003-carts.md";
const CARTS = `# 3. Carts in other languages

## Status

Accepted

## Invariants

- **INV-1**: An empty cart costs nothing.
- **INV-2**: A cart costs what is in it.
- **INV-3**: A cart keeps its order.
- **INV-3**: A cart is paid once.
`;
const CART = `import assert from "node:assert/strict";
import { test } from "node:test";

// Verifies: ADR-0003/INV-1
test("an empty cart costs nothing", () => {
  const sum = [].reduce((one: number, other: number) => one + other, 0);
  assert.equal(sum, 0);
});
`;
const CRATE = `// Verifies: ADR-0003/INV-2
#[test]
fn one_thing_costs_its_price() {
    assert_eq!([3].iter().sum::<i32>(), 3);
}
`;
const MANIFEST = '[package]\nname = "cart"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\npath = "lib.rs"\n';

/** What debuggers tell of a place where they stop; then the program goes on to its end. */
function watch() {
  const stops = [];
  const sessions = [];
  const live = new Set();
  const tracker = vscode.debug.registerDebugAdapterTrackerFactory("*", {
    createDebugAdapterTracker: (session) => ({
      onDidSendMessage(message) {
        if (message.type === "event" && message.event === "stopped") {
          stops.push({ session, reason: message.body.reason, thread: message.body.threadId });
        }
      },
    }),
  });
  const started = vscode.debug.onDidStartDebugSession((session) => {
    sessions.push({ type: session.type, name: session.name });
    live.add(session);
  });
  const ended = vscode.debug.onDidTerminateDebugSession((session) => live.delete(session));
  const disposables = [tracker, started, ended];
  return { stops, sessions, live, dispose: () => disposables.forEach((each) => each.dispose()) };
}

async function debugged(name, test, line) {
  const document = await showAt(name, line);
  const at = new vscode.Location(document.uri, place(document, line));
  const breakpoint = new vscode.SourceBreakpoint(at);
  vscode.debug.addBreakpoints([breakpoint]);
  const seen = watch();
  const before = runs();
  await showAt(name, test);
  void command("testing.debugAtCursor");
  try {
    const { session, reason, thread } = await until(() => seen.stops[0]);
    const { stackFrames } = await session.customRequest("stackTrace", { threadId: thread, startFrame: 0, levels: 1 });
    vscode.debug.removeBreakpoints([breakpoint]);
    await session.customRequest("continue", { threadId: thread });
    await until(() => seen.sessions.length && !seen.live.size);
    const [frame] = stackFrames;
    const stopped = { reason, line: frame.line, file: vscode.workspace.asRelativePath(frame.source.path) };
    return { stopped, wanted: at.range.start.line + 1, first: seen.sessions[0], recorded: runs() - before };
  } finally {
    vscode.debug.removeBreakpoints([breakpoint]);
    await vscode.debug.stopDebugging();
    seen.dispose();
  }
}

module.exports = {
  async debugPython() {
    return debugged(TEST, "def test_a_transfer_balances", "assert sum");
  },
  async debugJavaScript() {
    write("cart/package.json", '{"name": "cart", "type": "module"}');
    write("cart/cart.test.ts", CART);
    write("crate/Cargo.toml", MANIFEST);
    write("crate/lib.rs", CRATE);
    write(THIRD, CARTS);
    await show("cart/cart.test.ts");
    const rows = await person("seesTheCarts");
    return { rows, ...(await debugged("cart/cart.test.ts", 'test("an empty', "assert.equal")) };
  },
  /** No extension brings a debugger for it here. */
  async debugRust() {
    await showAt("crate/lib.rs", "fn one_thing");
    const seen = watch();
    void command("testing.debugAtCursor");
    const message = await person("seesMessage");
    for (const gone of [THIRD, "cart", "crate"]) fs.rmSync(file(gone).fsPath, { recursive: true });
    await command("workbench.action.closeEditorsInGroup");
    await person("seesNoCarts");
    seen.dispose();
    return { message, sessions: seen.sessions };
  },
};
